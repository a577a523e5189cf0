import { describe, expect, it, vi } from "vitest";
import type { SecretValue } from "../../src/index.ts";
import { failing, failure, HOUR, MINUTE, SECOND, settle } from "../fixture.ts";
import { leased, versioned } from "./changing.ts";

/** Notes what is applied. */
function pool(): { readonly applied: string[]; readonly apply: (value: SecretValue) => void } {
  const applied: string[] = [];
  return { applied, apply: (value) => void applied.push(value.reveal()) };
}

describe("rotating", () => {
  it("applies the value, and each new one", async () => {
    const { vault, clock, put } = versioned();
    const { applied, apply } = pool();
    await vault.rotating("X", apply);
    expect(applied).toEqual(["vlcanary-x-1"]);
    for (const value of ["vlcanary-x-2", "vlcanary-x-3"]) {
      put("x", value);
      await clock.pass(MINUTE);
    }
    expect(applied).toEqual(["vlcanary-x-1", "vlcanary-x-2", "vlcanary-x-3"]);
  });

  it("asks for versions, and reads a value only if its version is new", async () => {
    const { vault, clock, put, asked } = versioned();
    await vault.rotating("X", () => {});
    await clock.pass(30 * MINUTE);
    expect(asked.values).toEqual(["x"]);
    expect(asked.versions.length).toBeGreaterThanOrEqual(30);
    put("x", "vlcanary-x-2");
    await clock.pass(30 * MINUTE);
    expect(asked.values).toEqual(["x", "x"]);
  });

  it("applies one at a time, and the newest last", async () => {
    const { vault, clock, put } = versioned();
    const running = { now: 0, most: 0 };
    const applied: string[] = [];
    const gates: Array<() => void> = [];
    const started = vault.rotating("X", async (value) => {
      running.most = Math.max(running.most, ++running.now);
      await new Promise<void>((resolve) => void gates.push(resolve));
      applied.push(value.reveal());
      running.now--;
    });
    await settle();
    gates.shift()?.();
    await started;
    for (let round = 2; round <= 6; round++) {
      put("x", `vlcanary-x-${round}`);
      await clock.pass(MINUTE);
      if (round === 4) gates.shift()?.();
    }
    for (let round = 0; round < 5; round++) {
      gates.shift()?.();
      await clock.pass(MINUTE);
    }
    expect(running.most).toBe(1);
    expect(applied[0]).toBe("vlcanary-x-1");
    expect(applied.at(-1)).toBe("vlcanary-x-6");
    expect(applied).toEqual(applied.toSorted());
  });

  it("does not apply an equal value of a new version again", async () => {
    const { vault, clock, put } = versioned();
    const { applied, apply } = pool();
    await vault.rotating("X", apply);
    put("x", "vlcanary-x-1");
    await clock.pass(5 * MINUTE);
    expect(applied).toEqual(["vlcanary-x-1"]);
  });

  it("rejects where the first value cannot be read or applied, and then goes on with nothing", async () => {
    const { vault, remote, clock, put, asked } = versioned();
    const bad = new Error("no such server");
    await expect(vault.rotating("X", () => Promise.reject(bad))).rejects.toBe(bad);
    remote.holds.set("y", failure("not_found"));
    expect((await failing(vault.rotating("Y", () => {}))).code).toBe("not_found");
    asked.versions.length = 0;
    put("x", "vlcanary-x-2");
    await clock.pass(HOUR);
    expect(asked.versions).toEqual([]);
  });

  it("reports what fails later, and tries again at the next look, without reading again", async () => {
    const { vault, clock, put, asked } = versioned();
    const { applied, apply } = pool();
    const errors: unknown[] = [];
    const bad = new Error("no such server");
    let down = false;
    const onError = (error: unknown): void => void errors.push(error);
    await vault.rotating("X", (value) => (down ? Promise.reject(bad) : apply(value)), { onError });
    down = true;
    put("x", "vlcanary-x-2");
    await clock.pass(3 * MINUTE);
    expect(errors).toEqual([bad, bad, bad]);
    down = false;
    await clock.pass(MINUTE);
    expect(applied).toEqual(["vlcanary-x-1", "vlcanary-x-2"]);
    expect(asked.values).toEqual(["x", "x"]);
  });

  it("reports a look that fails, by its code", async () => {
    const { vault, clock, asked, remote } = versioned();
    const onError = vi.fn<(error: unknown) => void>();
    await vault.rotating("X", () => {}, { onError });
    asked.failure = failure("not_found");
    remote.holds.set("x", failure("not_found"));
    await clock.pass(MINUTE);
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "not_found" }));
  });

  it("replaces a lease when two thirds of it are over, and leaves the one before to its end", async () => {
    const { vault, remote, clock, made } = leased({ lifeMs: HOUR });
    const applied: string[] = [];
    await vault.rotating(["USER", "PASSWORD"], ([user, password]) => {
      applied.push(`${user.reveal()} ${password.reveal()}`);
    });
    await clock.pass(40 * MINUTE - SECOND);
    expect(made()).toBe(1);
    await clock.pass(2 * SECOND);
    expect(made()).toBe(2);
    expect(applied).toEqual(["vlcanary-user-1 vlcanary-password-1", "vlcanary-user-2 vlcanary-password-2"]);
    expect(remote.log).toEqual([]);
    await clock.pass(20 * HOUR);
    expect(made()).toBe(applied.length);
    expect(made()).toBeGreaterThan(25);
    expect(remote.log).toEqual([]);
  });

  it("tries to replace a lease again in time, where it failed", async () => {
    const { vault, clock, made, failWith } = leased({ lifeMs: 60 * SECOND });
    const onError = vi.fn<(error: unknown) => void>();
    await vault.rotating("X", () => {}, { onError, intervalMs: HOUR });
    failWith(failure("unavailable"));
    await clock.pass(45 * SECOND);
    expect(onError).toHaveBeenCalled();
    failWith(undefined);
    await clock.pass(13 * SECOND);
    expect(made()).toBe(2);
  });

  it("goes on within seconds once the vault answers, although the lease has ended meanwhile", async () => {
    const { vault, clock, made, failWith } = leased({ lifeMs: 60 * SECOND });
    await vault.rotating("X", () => {}, { onError: () => {}, intervalMs: HOUR });
    failWith(failure("internal"));
    await clock.pass(5 * MINUTE);
    failWith(undefined);
    await clock.pass(2 * SECOND);
    expect(made()).toBe(2);
  });

  it("takes a lease over that somebody else's read brought", async () => {
    const { vault, clock, made } = leased({ lifeMs: HOUR });
    const { applied, apply } = pool();
    await vault.rotating("X", apply);
    await vault.get("X", { refresh: true });
    await clock.pass(MINUTE);
    expect(applied).toEqual(["vlcanary-password-1", "vlcanary-password-2"]);
    expect(made()).toBe(2);
  });

  it.each(["close", "vault", "unlink", "disconnect"] as const)("ends with %s, after the call under way", async (by) => {
    const { vault, clock, put } = versioned();
    const { applied, apply } = pool();
    const onError = vi.fn<(error: unknown) => void>();
    const gate = Promise.withResolvers<void>();
    const rotation = await vault.rotating(
      "X",
      async (value) => {
        if (applied.length === 1) await gate.promise;
        apply(value);
      },
      { onError },
    );
    put("x", "vlcanary-x-2");
    await clock.pass(MINUTE);
    let ended = false;
    const ending = (
      by === "close"
        ? rotation.close()
        : by === "vault"
          ? vault.close()
          : by === "unlink"
            ? (vault.unlink("X"), rotation.close())
            : vault.disconnect("c").then(() => rotation.close())
    ).then(() => (ended = true));
    await settle();
    expect(ended).toBe(false);
    gate.resolve();
    await ending;
    put("x", "vlcanary-x-3");
    await clock.pass(HOUR);
    expect(applied).toEqual(["vlcanary-x-1", "vlcanary-x-2"]);
    const reasons = { close: [], vault: [], unlink: ["unlinked"], disconnect: ["disconnected"] };
    expect(onError.mock.calls.map(([error]) => (error as { details: { reason?: string } }).details.reason)).toEqual(
      reasons[by],
    );
  });
});
