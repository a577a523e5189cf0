import { expect } from "vitest";
import { connected, expectDone, readsDuring, type Row } from "./row.ts";

/** The rows about what a name stands for. */
export const LINK_ROWS: readonly Row[] = [
  {
    id: "S11",
    title: "A name can be linked to another secret of a connection that exists, and to none that does not.",
    async run(scene) {
      const { backend, user } = scene;
      await connected(scene);
      expect(await user.relink("FIRST", "nope://x")).toEqual({ code: "unresolved", reason: "unknown-connection" });
      expect(await user.get("FIRST")).toEqual({ value: backend.values().first });
      expect(await user.relink("FIRST", backend.second)).toEqual({});
      expect(await user.get("FIRST")).toEqual({ value: backend.values().second });
    },
  },
  {
    id: "S12",
    title: "A change of a link that is refused or cancelled changes nothing.",
    async run(scene) {
      const { backend, user } = scene;
      await connected(scene);
      const before = await user.kept();
      expect(await user.relink("FIRST", backend.missing)).toMatchObject({ code: "not_found" });
      expect(await user.cancelRelink("FIRST", backend.second)).toMatchObject({ code: "aborted" });
      expect(await user.kept()).toBe(before);
      expect(await user.get("FIRST")).toEqual({ value: backend.values().first });
    },
  },
  {
    id: "S13",
    title: "A changed link never gives the former value, and one set anew is read anew, without a reset.",
    async run(scene) {
      const { backend, user } = scene;
      await connected(scene);
      await user.get("FIRST");
      await user.get("SECOND");
      await expectDone(user.relink("FIRST", backend.second));
      expect(await user.get("FIRST")).toEqual({ value: backend.values().second });
      await expectDone(user.relink("FIRST", backend.first));
      await backend.rotate();
      const reads = await readsDuring(scene, () => expectDone(user.relink("FIRST", backend.first)));
      expect(reads).toBe(1);
      expect(await user.get("FIRST")).toEqual({ value: backend.values().first });
    },
  },
];
