import { describe, expect, it, vi } from "vitest";
import type { LinkChange } from "../../src/index.ts";
import { failure, HOUR, MINUTE, SECOND, settle, throwing } from "../fixture.ts";
import { leased, versioned } from "./changing.ts";

describe("watch", () => {
  it("tells a new version, by its id and never with a value, and the cache has the new one", async () => {
    const { vault, clock, put, asked } = versioned();
    const changes: LinkChange[] = [];
    vault.watch("X", (change) => void changes.push(change));
    await clock.pass(5 * MINUTE);
    expect(changes).toEqual([]);
    put("x", "vlcanary-x-2");
    await clock.pass(MINUTE);
    expect(changes).toEqual([{ name: "X", at: expect.any(Number) as number, version: "2" }]);
    expect(JSON.stringify(changes)).not.toContain("vlcanary");
    expect((await vault.get("X")).provenance).toMatchObject({ source: "cache", version: "2" });
    expect(asked.values).toEqual(["x", "x"]);
  });

  it("asks for versions only, once in an interval, and a tenth sooner by chance", async () => {
    const { vault, clock, asked } = versioned({ random: () => 0.5 });
    vault.watch("X", () => {}, { intervalMs: 10 * SECOND });
    await settle();
    asked.versions.length = 0;
    await clock.pass(9.5 * SECOND - 1);
    expect(asked.versions).toEqual([]);
    await clock.pass(1);
    expect(asked.versions).toEqual(["x"]);
    expect(asked.values).toEqual(["x"]);
  });

  it("notices what changed before it began, against the value that the cache has", async () => {
    const { vault, clock, put } = versioned();
    await vault.get("X");
    put("x", "vlcanary-x-2");
    const seen = vi.fn<(change: LinkChange) => void>();
    vault.watch("X", seen);
    await clock.pass(MINUTE);
    expect(seen).toHaveBeenCalledExactlyOnceWith({ name: "X", at: expect.any(Number) as number, version: "2" });
  });

  it("tells once that the link does not resolve any more, and that it does again", async () => {
    const { vault, remote, clock, put } = versioned();
    const changes: LinkChange[] = [];
    vault.watch("X", (change) => void changes.push(change));
    await clock.pass(MINUTE);
    remote.holds.set("x", failure("not_found"));
    await clock.pass(3 * MINUTE);
    put("x", "vlcanary-x-2");
    await clock.pass(MINUTE);
    expect(changes.map(({ error, version }) => error?.code ?? version)).toEqual(["not_found", "2"]);
    expect(changes[0]?.error?.message).toContain("X: ");
  });

  it("says nothing of an outage while the value is served, and tells when it is not", async () => {
    const { vault, remote, clock, asked } = versioned({ cache: { ttl: 10 } });
    const changes: LinkChange[] = [];
    vault.watch("X", (change) => void changes.push(change));
    await clock.pass(MINUTE);
    asked.failure = failure("unavailable");
    remote.holds.set("x", failure("unavailable"));
    await clock.pass(5 * MINUTE);
    expect(changes).toEqual([]);
    await clock.pass(10 * MINUTE);
    expect(changes.map(({ error }) => error?.code)).toEqual(["unavailable"]);
  });

  it("sees a relink at once, and one to the same reference as no change", async () => {
    const { vault } = versioned();
    const seen = vi.fn<(change: LinkChange) => void>();
    vault.watch("X", seen);
    await settle();
    await vault.relink("X", "c://x");
    await settle();
    expect(seen).not.toHaveBeenCalled();
    await vault.relink("X", "c://y");
    await settle();
    expect(seen).toHaveBeenCalledExactlyOnceWith({ name: "X", at: expect.any(Number) as number, version: "1" });
  });

  it("makes one call at a time, and one for what changed meanwhile", async () => {
    const { vault, clock, put } = versioned();
    const gate = Promise.withResolvers<void>();
    const versions: Array<string | undefined> = [];
    vault.watch("X", async ({ version }) => {
      versions.push(version);
      if (versions.length === 1) await gate.promise;
    });
    await settle();
    for (let round = 2; round <= 5; round++) {
      put("x", `vlcanary-x-${round}`);
      await clock.pass(MINUTE);
    }
    expect(versions).toEqual(["2"]);
    gate.resolve();
    await clock.pass(MINUTE);
    expect(versions).toEqual(["2", "5"]);
  });

  it("goes on when its function fails, which is reported without being shown", async () => {
    const { vault, clock, put } = versioned();
    const errors: unknown[] = [];
    const bad = new Error("vlcanary-in-the-message");
    vault.watch("X", () => Promise.reject(bad), { onError: (error) => void errors.push(error) });
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    vault.watch("X", () => Promise.reject(bad));
    await settle();
    for (const value of ["vlcanary-x-2", "vlcanary-x-3"]) {
      put("x", value);
      await clock.pass(MINUTE);
    }
    expect(errors).toEqual([bad, bad]);
    expect(warned).toHaveBeenCalledTimes(2);
    expect(JSON.stringify(warned.mock.calls)).not.toContain("vlcanary");
    warned.mockRestore();
  });

  it("notices another value where the vault tells no versions, once the one before has expired", async () => {
    const { vault, remote, clock } = versioned({ cache: { ttl: 10 } });
    remote.login = { identity: "A" };
    const seen = vi.fn<(change: LinkChange) => void>();
    vault.watch("X", seen);
    await clock.pass(MINUTE);
    remote.holds.set("x", "vlcanary-x-2");
    await clock.pass(5 * MINUTE);
    expect(seen).not.toHaveBeenCalled();
    await clock.pass(HOUR);
    expect(seen).toHaveBeenCalledExactlyOnceWith({ name: "X", at: expect.any(Number) as number });
  });

  it("looks at values as before where the metadata is denied, or keeps no versions", async () => {
    for (const error of [failure("denied"), failure("unusable", { reason: "versions" })]) {
      const { vault, clock, asked } = versioned();
      asked.failure = error;
      const seen = vi.fn<(change: LinkChange) => void>();
      vault.watch("X", seen);
      await clock.pass(2 * HOUR);
      expect(seen).not.toHaveBeenCalled();
      expect(asked.values.length).toBeLessThanOrEqual(3);
    }
  });

  it("makes the vault create no credential, and tells when somebody else's read did", async () => {
    const { vault, clock, made } = leased({ lifeMs: HOUR });
    const seen = vi.fn<(change: LinkChange) => void>();
    vault.watch("X", seen);
    await clock.pass(30 * MINUTE);
    expect(made()).toBe(1);
    await vault.get("X", { refresh: true });
    await clock.pass(MINUTE);
    expect(seen).toHaveBeenCalledTimes(1);
    await clock.pass(3 * HOUR);
    expect(made()).toBe(2);
  });

  it.each(["close", "vault", "unlink", "disconnect"] as const)("ends with %s, and asks no more", async (by) => {
    const { vault, clock, put, asked } = versioned();
    const changes: LinkChange[] = [];
    const watching = vault.watch("X", (change) => void changes.push(change));
    await clock.pass(MINUTE);
    if (by === "close") await watching.close();
    else if (by === "vault") await vault.close();
    else if (by === "unlink") vault.unlink("X");
    else await vault.disconnect("c");
    await settle();
    asked.versions.length = 0;
    put("x", "vlcanary-x-2");
    await clock.pass(HOUR);
    expect(asked.versions).toEqual([]);
    const reasons = { close: [], vault: [], unlink: ["unlinked"], disconnect: ["disconnected"] };
    expect(changes.map(({ error }) => error?.details.reason)).toEqual(reasons[by]);
  });

  it("keeps no timer once it has ended, and refuses intervals that are none", async () => {
    const { vault, clock } = versioned();
    const before = clock.pending;
    const watching = vault.watch("X", () => {});
    await watching[Symbol.asyncDispose]();
    vault.reset();
    expect(clock.pending).toBeLessThanOrEqual(before + 1);
    for (const intervalMs of [0, 999, Number.NaN, "5000" as unknown as number]) {
      expect(throwing(() => vault.watch("X", () => {}, { intervalMs })).code).toBe("invalid_config");
    }
  });
});
