import { expect } from "vitest";
import type { Backend } from "../backend.ts";
import { connected, expectDone, type Row, type Scene } from "./row.ts";

const LETS_EVERYBODY_IN = "This server takes whatever credentials it is given: nothing expires, nothing is refused.";

const refusing = ({ lapse }: Pick<Backend, "lapse">): string | undefined =>
  lapse === undefined ? LETS_EVERYBODY_IN : undefined;

/** Everything on the connection needs a new sign-in, and a value is cached. */
async function expired(scene: Scene): Promise<void> {
  const { backend, user } = scene;
  await connected(scene);
  await expectDone(user.get("FIRST"));
  await backend.lapse?.();
  // The vault says so at the next read of something that is not cached.
  expect(await user.get("SECOND")).toMatchObject({ code: "unauthenticated" });
}

/** The rows about signing in. */
export const SIGN_IN_ROWS: readonly Row[] = [
  {
    id: "S16",
    title: "Credentials given by a person are asked for at every opening; those of the environment are not.",
    async run(scene) {
      const { backend, user } = scene;
      user.isPresent = true;
      await expectDone(user.connect());
      await expectDone(user.link("FIRST", backend.first));
      await expectDone(user.get("FIRST"));
      user.isPresent = false;
      await user.reopen();
      expect(await user.entries()).toBe(0);
      expect(await user.get("FIRST")).toEqual({ code: "unauthenticated", reason: "not-authenticated" });
      user.setEnvCredentials(backend.envCredentials());
      await user.reopen();
      expect(await user.get("FIRST")).toEqual({ value: backend.values().first });
    },
  },
  {
    id: "S17",
    title: "Credentials that expired withhold every value, and say so.",
    exempt: refusing,
    async run(scene) {
      const { user } = scene;
      await expired(scene);
      expect(await user.get("FIRST")).toEqual({ code: "unauthenticated", reason: "expired" });
    },
  },
  {
    id: "S18",
    title: "Each link shows that its connection needs a sign-in, and one sign-in mends them all.",
    exempt: refusing,
    async run(scene) {
      const { backend, user } = scene;
      await expired(scene);
      const names = ["A", "B", "C"];
      for (const name of names) await expectDone(user.link(name, backend.first));
      const all = ["FIRST", "SECOND", ...names];
      expect((await user.states()).links).toEqual(Object.fromEntries(all.map((name) => [name, "expired"])));
      await backend.restore();
      user.isPresent = true;
      user.setEnvCredentials({});
      await expectDone(user.reauthenticate());
      const questions = user.asked.length;
      const { first, second } = backend.values();
      for (const name of all) expect(await user.get(name)).toEqual({ value: name === "SECOND" ? second : first });
      expect(user.asked).toHaveLength(questions);
    },
  },
  {
    id: "S19",
    title: "Signing in again asks for credentials and for nothing else, although the environment holds some.",
    async run(scene) {
      const { backend, user } = scene;
      await connected(scene);
      user.isPresent = true;
      await expectDone(user.reauthenticate());
      expect(user.asked.length).toBeGreaterThan(0);
      for (const label of user.asked) expect(label).toMatch(/token|key|secret/i);
      expect(await user.get("FIRST")).toEqual({ value: backend.values().first });
    },
  },
  {
    id: "S20",
    title: "Signing in again takes the same steps as the first time.",
    async run({ backend, user }) {
      user.isPresent = true;
      const before = backend.requests().length;
      await expectDone(user.connect());
      const first = backend.requests().slice(before);
      const asked = user.asked.splice(0);
      await expectDone(user.reauthenticate());
      const again = backend.requests().slice(before + first.length);
      // After the first sign-in, `connect` also looks for a secret to show as an example.
      expect(again.length).toBeGreaterThan(0);
      for (const request of new Set(again)) expect(count(first, request)).toBeGreaterThanOrEqual(count(again, request));
      expect(user.asked).toEqual(asked);
    },
  },
];

const count = (requests: readonly string[], wanted: string): number =>
  requests.filter((request) => request === wanted).length;
