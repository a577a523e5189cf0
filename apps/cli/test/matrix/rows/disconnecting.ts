import { expect } from "vitest";
import { connected, expectDone, type Row } from "./row.ts";

/** The rows about ending a connection. */
export const DISCONNECT_ROWS: readonly Row[] = [
  {
    id: "S21",
    title: "Anybody may disconnect a connection of their own.",
    async run(scene) {
      await connected(scene);
      expect(await scene.user.disconnect()).toEqual({});
    },
  },
  {
    id: "S22",
    title: "A team's connection is disconnected by its admins only; a refusal changes nothing.",
    exempt: ({ admin }) =>
      admin === undefined
        ? "This vault tells nobody's roles: there the user of the operating system shows an admin, for all vaults alike."
        : undefined,
    async run({ another, backend }) {
      const user = await another({ team: true });
      user.setEnvCredentials(backend.envCredentials());
      await expectDone(user.reauthenticate());
      await expectDone(user.link("FIRST", backend.first));
      await expectDone(user.get("FIRST"));
      const before = [await user.kept(), await user.states(), await user.entries()];
      for (const door of [undefined, { link: "FIRST" }]) {
        expect(await user.disconnect(door)).toEqual({ code: "forbidden", reason: "admin-only" });
      }
      expect([await user.kept(), await user.states(), await user.entries()]).toEqual(before);
      expect(await user.get("FIRST")).toEqual({ value: backend.values().first });
      expect(await user.logout()).toEqual({});
      user.setEnvCredentials((await backend.admin?.()) ?? {});
      await expectDone(user.reauthenticate());
      expect(await user.disconnect()).toEqual({});
      expect((await user.states()).links).toEqual({ FIRST: "disconnected" });
    },
  },
  {
    id: "S23",
    title: "After that its links stay, unresolved, and no value answers; nothing is asked of the vault.",
    async run(scene) {
      const { backend, user } = scene;
      await connected(scene);
      await expectDone(user.get("FIRST"));
      await expectDone(user.disconnect());
      const before = backend.requests().length;
      expect(await user.get("FIRST")).toEqual({ code: "unresolved", reason: "disconnected" });
      expect((await user.states()).links).toEqual({ FIRST: "disconnected", SECOND: "disconnected" });
      expect(backend.requests().length - before).toBe(0);
      await expectDone(user.reauthenticate());
      expect(await user.get("FIRST")).toEqual({ value: backend.values().first });
    },
  },
  {
    id: "S24",
    title: "A connection is disconnected by its name.",
    async run(scene) {
      const { user } = scene;
      await connected(scene);
      expect(await user.disconnect()).toEqual({});
      expect((await user.states()).connection).toBe("disconnected");
    },
  },
  {
    id: "S25",
    title: "It is disconnected by a link that uses it, too, with the same outcome.",
    async run(scene) {
      const left: unknown[] = [];
      const doors = [undefined, { link: "FIRST" }, { link: "NATIVE" }];
      for (const door of doors) {
        const user = await scene.another();
        await connected({ ...scene, user });
        const { first, identifier = first } = scene.backend;
        await expectDone(user.link("NATIVE", identifier));
        expect(await user.disconnect(door)).toEqual({});
        left.push([await user.kept(), await user.states()]);
      }
      expect(left.slice(1)).toEqual([left[0], left[0]]);
    },
  },
];
