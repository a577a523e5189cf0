import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failing, failure, settle, watched, world } from "../fixture.ts";

/* Sequences that the model found, each of which went wrong once. */

describe("a read whose connection ends while its answer comes in", () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  beforeEach(() => void process.on("unhandledRejection", note));
  afterEach(() => void process.off("unhandledRejection", note));

  it("rejects nothing that nobody handles, however far the answer has come", async () => {
    for (let steps = 0; steps < 16; steps++) {
      const { vault, remote } = world({ byHand: true });
      const asked = watched(vault.get("X"));
      await settle();
      remote.reading.respond("vlcanary-x-1");
      for (let step = 0; step < steps; step++) await Promise.resolve();
      await vault.disconnect("c");
      await settle();
      expect(asked.state).not.toBe("pending");
    }
    expect(unhandled).toEqual([]);
  });
});

describe("which of two answers is newer", () => {
  it("is decided by when each was asked for: a refusal of a later attempt beats a value of an earlier one", async () => {
    const { vault, remote, clock } = world({ byHand: true });
    const first = failing(vault.get("X"));
    await settle();
    remote.reading.fail(failure("unavailable"));
    await settle();
    vault.reset();
    const second = failing(vault.get("X"));
    await settle();
    const asked = remote.reading;
    // The first caller's second attempt goes out after the second caller's read, and is refused before it lands.
    await clock.pass(1000);
    remote.reading.fail(failure("denied"));
    await settle();
    asked.respond("vlcanary-x-1");
    expect((await first).code).toBe("denied");
    expect((await second).code).toBe("denied");
  });

  it("and an older refusal is not remembered against a newer value, kept or not", async () => {
    const { vault, remote, text } = world({ byHand: true, cache: { ttl: 0 } });
    const first = failing(vault.get("X"));
    await settle();
    const older = remote.reading;
    const second = text("X", { refresh: true });
    await settle();
    remote.reading.respond("vlcanary-x-1");
    await second;
    older.fail(failure("not_found"));
    expect((await first).code).toBe("not_found");
    const third = text("X");
    await settle();
    remote.reading.respond("vlcanary-x-1");
    await expect(third).resolves.toBe("vlcanary-x-1");
  });

  it("and whoever asks after a refusal joins no read that was sent before it", async () => {
    const { vault, remote, clock, text } = world({ byHand: true });
    const first = failing(vault.get("X"));
    await settle();
    remote.reading.fail(failure("unavailable"));
    await settle();
    vault.reset();
    const second = failing(vault.get("X"));
    await settle();
    const asked = remote.reading;
    await clock.pass(1000);
    remote.reading.fail(failure("denied"));
    await settle();
    const third = text("X");
    await settle();
    expect(remote.reading).not.toBe(asked);
    remote.reading.respond("vlcanary-x-1");
    await expect(third).resolves.toBe("vlcanary-x-1");
    asked.respond("vlcanary-x-1");
    expect([(await first).code, (await second).code]).toEqual(["denied", "denied"]);
  });
});
