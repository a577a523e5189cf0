import { describe, expect, it } from "vitest";
import type { Session } from "../../src/contract/provider.ts";
import type { Limits } from "../../src/cache-options.ts";
import { failing, failure, outcomeOf, SECOND, settle, type World, world } from "../fixture.ts";

type Answer = (remote: World["remote"], index: number) => void;

const NAMES = Array.from({ length: 250 }, (_, index) => `c://many/${index}`);
const value: Answer = (remote, index) => remote.reads[index]?.respond("vlcanary-many");
const refused: Answer = (remote, index) => remote.reads[index]?.fail(failure("throttled", { retryAfterMs: 0 }));

/** A vault that holds its answers back, and how many of its reads were answered. */
class Waves {
  readonly world: World;
  answered = 0;

  constructor(limits: Limits = {}, login: Partial<Session> = {}) {
    this.world = world({ byHand: true, login: { identity: "A", ...login }, limits });
  }

  /** Asks for so many names that were not asked for. */
  async ask(count: number, from = 0): Promise<void> {
    void this.world.vault.getMany(NAMES.slice(from, from + count), { deadlineMs: 1000 * SECOND });
    await settle();
  }

  /** Calls that were sent and have not been answered. */
  get running(): number {
    return this.world.remote.reads.length - this.answered;
  }

  /** All that run are answered alike after so many ms. Gives how many run then. */
  async next(answer: Answer = value, ms = 0, count = this.running): Promise<number> {
    const { clock, remote } = this.world;
    if (ms > 0) await clock.pass(ms);
    for (let left = count; left > 0; left--) answer(remote, this.answered++);
    await settle();
    return this.running;
  }

  async times(rounds: number, answer: Answer = value, ms = 0): Promise<number[]> {
    const seen: number[] = [];
    for (let round = 0; round < rounds; round++) seen.push(await this.next(answer, ms));
    return seen;
  }
}

describe("calls to one vault at a time", () => {
  it("fifty are sent as eight, sixteen and the rest: each answer lets one more in", async () => {
    const waves = new Waves();
    await waves.ask(50);
    expect([waves.running, ...(await waves.times(3))]).toEqual([8, 16, 26, 0]);
    expect(waves.world.remote.reads).toHaveLength(50);
  });

  it("in the order they came", async () => {
    const waves = new Waves();
    await waves.ask(50);
    await waves.times(3);
    expect(waves.world.remote.asked).toEqual(NAMES.slice(0, 50).map((name) => name.slice(4)));
  });

  it("are no more than 64, or than are allowed", async () => {
    for (const [limits, seen] of [
      [{}, [8, 16, 32, 64, 64]],
      [{ concurrency: 20 }, [8, 16, 20, 20, 20]],
      [{ concurrency: 3 }, [3, 3, 3, 3, 3]],
      [{ concurrency: 1 }, [1, 1, 1, 1, 1]],
    ] as const) {
      const waves = new Waves(limits);
      await waves.ask(250);
      expect([waves.running, ...(await waves.times(4))]).toEqual(seen);
    }
  });

  it.each([
    [10, [8, 10, 10]],
    [2, [2, 2, 2]],
    [0, [1, 1, 1]],
    [-5, [1, 1, 1]],
    [2.5, [2, 2, 2]],
    [Number.NaN, [1, 1, 1]],
    [Infinity, [8, 16, 32]],
  ])("are no more than the provider is good for: %d", async (maxConcurrency, seen) => {
    const waves = new Waves({}, { maxConcurrency });
    await waves.ask(250);
    expect([waves.running, ...(await waves.times(2))]).toEqual(seen);
  });

  it("grow only while somebody waits for a turn", async () => {
    const waves = new Waves();
    for (let from = 0; from < 80; from += 8) {
      await waves.ask(8, from);
      await waves.next();
    }
    await waves.ask(50, 100);
    expect(waves.running).toBe(8);
  });

  it("do not grow while answers take more than twice as long as the quickest", async () => {
    const waves = new Waves();
    await waves.ask(250);
    expect(await waves.next(value, 100)).toBe(16);
    expect(await waves.next(value, 200)).toBe(32);
    expect(await waves.next(value, 201)).toBe(32);
    expect(await waves.next(value, 1000)).toBe(32);
  });

  it("of a vault that does one after another stay as few as they were", async () => {
    const waves = new Waves();
    await waves.ask(250);
    for (let answer = 0; answer < 100; answer++) await waves.next(value, 100, 1);
    expect(waves.running).toBeLessThanOrEqual(10);
  });

  it("a listing whose pages are there already says nothing about them", async () => {
    const list: Session["list"] = async function* () {
      for (let index = 0; index < 1000; index++) yield { locator: { path: `x/${index}`, query: {} } };
    };
    const waves = new Waves({}, { list });
    for await (const entry of waves.world.vault.list("c")) void entry;
    await waves.ask(250);
    expect(await waves.next(value, 100)).toBe(16);
  });
});

describe("a vault that cannot bear its calls", () => {
  it("gets half as many, once for the calls that were under way", async () => {
    const waves = new Waves();
    await waves.ask(250);
    await waves.times(2);
    expect(waves.running).toBe(32);
    await waves.next(refused, 0, 3);
    // The others are answered, and nobody takes their place before sixteen are left.
    expect(await waves.next(value, 0, 12)).toBe(17);
    expect(await waves.next(value, 0, 2)).toBe(16);
  });

  it.each([
    ["throttled", failure("throttled", { retryAfterMs: 0 })],
    ["out of reach", failure("unavailable")],
    ["out of service", failure("unavailable", { native: { status: 503 } })],
  ])("when it is %s", async (_what, error) => {
    const waves = new Waves();
    await waves.ask(250);
    await waves.next((remote, index) => remote.reads[index]?.fail(error), 0, 1);
    expect(await waves.next(value, 0, 5)).toBe(4);
  });

  it("when a call gets no answer in time", async () => {
    const waves = new Waves({ attemptMs: SECOND });
    await waves.ask(250);
    await waves.world.clock.pass(SECOND);
    waves.answered = waves.world.remote.reads.length;
    await waves.world.clock.pass(10 * SECOND);
    expect(waves.running).toBeLessThanOrEqual(4);
  });

  it("when items of a batch are refused so", async () => {
    const { vault, remote } = world({ byHand: true });
    remote.login = remote.batching({ maxBatch: 2 });
    void vault.getMany(NAMES.slice(0, 200), { deadlineMs: 1000 * SECOND });
    await settle();
    expect(remote.batches).toHaveLength(8);
    remote.batches[0]?.respond([outcomeOf("vlcanary-many"), outcomeOf(failure("throttled", { retryAfterMs: 0 }))]);
    for (const batch of remote.batches.slice(1, 5)) batch.respond([outcomeOf("vlcanary-1"), outcomeOf("vlcanary-2")]);
    await settle();
    expect(remote.batches.length - 5).toBe(4);
  });

  it.each([
    ["denied", failure("denied")],
    ["not found", failure("not_found")],
    ["broken: it answered this one", failure("unavailable", { native: { status: 500 } })],
  ])("is not one where a secret is %s", async (_what, error) => {
    const waves = new Waves();
    await waves.ask(250);
    await waves.next((remote, index) => remote.reads[index]?.fail(error), 0, 1);
    expect(waves.running).toBe(8);
  });

  it("is not one that refuses a call that is alone", async () => {
    const waves = new Waves();
    for (let from = 0; from < 5; from++) {
      await waves.ask(1, from);
      await waves.next(refused);
      await waves.world.clock.pass(SECOND);
      await waves.next();
    }
    await waves.ask(50, 100);
    expect(waves.running).toBe(8);
  });

  it("is not one where one secret is never answered, again and again", async () => {
    const { vault, remote, clock } = world({ byHand: true, limits: { attemptMs: SECOND } });
    for (let round = 0; round < 4; round++) {
      void failing(vault.get("X", { refresh: true, deadlineMs: 1.2 * SECOND }));
      await clock.pass(0.9 * SECOND);
      // Another is under way when it is given up.
      const other = vault.get(NAMES[round] ?? "");
      await clock.pass(0.1 * SECOND);
      remote.reading.respond("vlcanary-many");
      await other;
      await clock.pass(SECOND);
    }
    const before = remote.reads.length;
    void vault.getMany(NAMES.slice(10, 50));
    await settle();
    expect(remote.reads.length - before).toBe(4);
  });

  it("is asked one at a time at least", async () => {
    const waves = new Waves();
    await waves.ask(250);
    const seen: number[] = [];
    for (let burst = 0; burst < 5; burst++) {
      seen.push(await waves.next(refused, 0, 1));
      seen.push(await waves.next(value, 0, Math.max(0, waves.running - 1)));
    }
    expect(Math.min(...seen)).toBe(1);
    expect(seen.at(-1)).toBe(1);
  });

  it("gets more again, one each time as many answers came as it gets calls", async () => {
    const waves = new Waves();
    await waves.ask(250);
    await waves.next(refused, 0, 1);
    // What was under way is over.
    await waves.next(value, 0, 7);
    expect(waves.running).toBe(4);
    expect(await waves.times(6)).toEqual([5, 6, 7, 8, 9, 10]);
  });

  it("of two connections only one gets fewer", async () => {
    const [one, other] = [new Waves(), new Waves()];
    await one.ask(250);
    await other.ask(250);
    await one.next(refused, 0, 1);
    expect(await other.next()).toBe(16);
  });
});
