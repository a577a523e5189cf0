import { expect } from "vitest";
import { connected, expectDone, MINUTE_MS, readsDuring, type Row, type Scene } from "./row.ts";

/** The rows about how long values are kept. */
export const CACHE_ROWS: readonly Row[] = [
  {
    id: "S4",
    title: "A value that was read is kept for 60 minutes, and read again after that.",
    async run(scene) {
      const { backend, user } = scene;
      await connected(scene);
      const { first } = backend.values();
      expect(await user.get("FIRST")).toEqual({ value: first });
      await backend.rotate();
      user.clock.advance(60 * MINUTE_MS - 1000);
      expect(await readsDuring(scene, async () => expect(await user.get("FIRST")).toEqual({ value: first }))).toBe(0);
      user.clock.advance(1000);
      const now = { value: backend.values().first };
      expect(await readsDuring(scene, async () => expect(await user.get("FIRST")).toEqual(now))).toBe(1);
    },
  },
  {
    id: "S5",
    title: "What is read after a value expired or was dropped is kept for the duration that is set then.",
    async run(scene) {
      const { user } = scene;
      await connected(scene);
      await user.get("FIRST");
      await expectDone(user.setTtl("10"));
      await expectDone(user.reset());
      await user.get("FIRST");
      user.clock.advance(10 * MINUTE_MS - 1000);
      expect(await readsDuring(scene, () => user.get("FIRST"))).toBe(0);
      user.clock.advance(1000);
      expect(await readsDuring(scene, () => user.get("FIRST"))).toBe(1);
      user.clock.advance(9 * MINUTE_MS);
      expect(await readsDuring(scene, () => user.get("FIRST"))).toBe(0);
    },
  },
  {
    id: "S6",
    title: "The duration can be set, and counts at once.",
    async run(scene) {
      const { user } = scene;
      await connected(scene);
      await user.get("FIRST");
      await expectDone(user.setTtl("45"));
      expect(await user.ttl()).toBe(45);
      user.clock.advance(45 * MINUTE_MS - 1000);
      expect(await readsDuring(scene, () => user.get("FIRST"))).toBe(0);
      user.clock.advance(1000);
      expect(await readsDuring(scene, () => user.get("FIRST"))).toBe(1);
    },
  },
  {
    id: "S7",
    title: "Cached values can be dropped by hand, also while the vault cannot be reached.",
    async run(scene) {
      const { backend, user } = scene;
      await connected(scene);
      await user.get("FIRST");
      backend.sever();
      const before = backend.requests().length;
      expect(await user.reset()).toEqual({});
      expect([await user.entries(), backend.requests().length - before]).toEqual([0, 0]);
      backend.mend();
      expect(await readsDuring(scene, () => user.get("FIRST"))).toBe(1);
    },
  },
  {
    id: "S8",
    title: "The duration is given in minutes or such as 90m and 2h; 0 keeps nothing; anything else changes nothing.",
    async run(scene) {
      const { user } = scene;
      await connected(scene);
      for (const [given, minutes] of Object.entries({ 45: 45, "90m": 90, "2h": 120 })) {
        await expectDone(user.setTtl(given));
        expect(await user.ttl()).toBe(minutes);
      }
      for (const given of ["-1", "1.5", "NaN", "1e9"]) {
        // The library has no command line to be used wrongly.
        expect(["usage", "invalid_config"]).toContain((await user.setTtl(given)).code);
        expect(await user.ttl()).toBe(120);
      }
      await expectDone(user.setTtl("0"));
      expect(await readsDuring(scene, async () => [await user.get("FIRST"), await user.get("FIRST")])).toBe(2);
    },
  },
  {
    id: "S9",
    title: "One reset drops every value.",
    async run(scene) {
      const { user } = scene;
      await connected(scene);
      await both(scene);
      expect(await user.entries()).toBe(2);
      await expectDone(user.reset());
      expect(await user.entries()).toBe(0);
      expect(await readsDuring(scene, () => both(scene))).toBe(2);
    },
  },
  {
    id: "S10",
    title: "After a reset only the vault answers: a read that began before it is not kept.",
    async run(scene) {
      const { backend, user } = scene;
      await connected(scene);
      await user.get("SECOND");
      const old = backend.values().first;
      backend.delayNextRead();
      const before = backend.reads();
      const early = user.get("FIRST");
      await expect.poll(() => backend.reads() - before).toBe(1);
      await backend.rotate();
      await expectDone(user.reset());
      const { first } = backend.values();
      expect(await user.get("FIRST")).toEqual({ value: first });
      expect([old, first]).toContain((await early).value);
      expect(await user.get("FIRST")).toEqual({ value: first });
    },
  },
  {
    id: "S14",
    title: "A change at the vault shows after a reset, or at once with a refresh.",
    async run({ backend, user, ...rest }) {
      await connected({ backend, user, ...rest });
      const before = { value: backend.values().first };
      await user.get("FIRST");
      await backend.rotate();
      expect(await user.get("FIRST")).toEqual(before);
      expect(await user.get("FIRST", { refresh: true })).toEqual({ value: backend.values().first });
      await backend.rotate();
      await expectDone(user.reset());
      expect(await user.get("FIRST")).toEqual({ value: backend.values().first });
    },
  },
  {
    id: "S15",
    title: "Nothing is ever written to the vault.",
    async run(scene) {
      const { backend, user } = scene;
      await connected(scene);
      await both(scene);
      await user.relink("FIRST", backend.second);
      await user.reset();
      await user.reauthenticate();
      await user.disconnect();
      expect(backend.writes()).toBe(0);
    },
  },
];

async function both({ user }: Scene): Promise<void> {
  await user.get("FIRST");
  await user.get("SECOND");
}
