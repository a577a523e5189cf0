import { describe, expect, it } from "vitest";
import { failing, outcomes, SECOND, settle, world } from "../fixture.ts";

const hundred = Array.from({ length: 100 }, (_, index) => `c://many/${index}`);

function large(): ReturnType<typeof world> {
  return world({ login: { identity: "A" }, limits: { concurrency: 8 } });
}

describe("many reads at once", () => {
  it("10,000 gets over 100 names make exactly 100 reads", async () => {
    const { vault, remote } = large();
    for (const [index] of hundred.entries()) remote.holds.set(`many/${index}`, `vlcanary-${index}`);
    const gets = Array.from({ length: 10_000 }, (_, index) => vault.get(hundred[index % 100] ?? ""));
    const texts = (await Promise.all(gets)).map((value) => value.reveal());
    expect(texts.every((text, index) => text === `vlcanary-${index % 100}`)).toBe(true);
    expect([remote.opens.length, remote.reads.length, new Set(remote.asked).size]).toEqual([1, 100, 100]);
  });

  it("also when they come in waves, some while others land", async () => {
    const { vault, remote } = large();
    for (const [index] of hundred.entries()) remote.holds.set(`many/${index}`, `vlcanary-${index}`);
    const waves: Array<Promise<unknown>> = [];
    for (let wave = 0; wave < 20; wave++) {
      waves.push(vault.getMany(hundred));
      if (wave % 3 === 0) await Promise.resolve();
      if (wave % 3 === 1) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(waves);
    expect(remote.reads).toHaveLength(100);
  });

  it("50 gets of one name make one read", async () => {
    const { vault, remote } = world();
    const many = outcomes(await vault.getMany(Array.from({ length: 50 }, () => "X")));
    expect(new Set(many)).toEqual(new Set(["vlcanary-x-1"]));
    expect([remote.opens.length, remote.reads.length]).toEqual([1, 1]);
  });

  it("50 gets of one name that is not there make one read", async () => {
    const { vault, remote } = world();
    const many = outcomes(await vault.getMany(Array.from({ length: 50 }, () => "c://gone")));
    expect(many.filter((code) => code === "not_found")).toHaveLength(50);
    expect(remote.reads).toHaveLength(1);
  });

  it("with a batch call, 1,000 gets over 100 names make one", async () => {
    const { vault, remote } = large();
    remote.login = remote.batching();
    for (const [index] of hundred.entries()) remote.holds.set(`many/${index}`, `vlcanary-${index}`);
    await Promise.all(Array.from({ length: 1000 }, (_, index) => vault.get(hundred[index % 100] ?? "")));
    expect(remote.batches.map(({ paths }) => paths.length)).toEqual([100]);
    expect(remote.reads).toHaveLength(0);
  });

  it("who gives up while it waits for its turn is never sent", async () => {
    const { vault, remote } = world({ byHand: true, limits: { concurrency: 1 } });
    const caller = new AbortController();
    void vault.get("X");
    const waiting = failing(vault.get("Y", { signal: caller.signal }));
    await settle();
    caller.abort();
    expect((await waiting).code).toBe("aborted");
    remote.reading.respond("vlcanary-x-1");
    await settle();
    expect(remote.asked).toEqual(["x"]);
  });

  it("what waits for its turn has the time of who joined it meanwhile", async () => {
    const { vault, remote, clock } = world({ byHand: true, limits: { concurrency: 1 } });
    void vault.get("X");
    void failing(vault.get("Y", { deadlineMs: 5 * SECOND }));
    await clock.pass(4 * SECOND);
    const later = vault.get("Y", { deadlineMs: 30 * SECOND });
    await settle();
    remote.reading.respond("vlcanary-x-1");
    await settle();
    await clock.pass(5 * SECOND);
    remote.reading.respond("vlcanary-y-1");
    expect((await later).reveal()).toBe("vlcanary-y-1");
    expect(remote.asked).toEqual(["x", "y"]);
  });
});
