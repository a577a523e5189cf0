import { describe, expect, it } from "vitest";
import { SampledClock } from "../../src/time/clock.ts";
import { RequestCounter } from "../../src/connection/request-counter.ts";
import type { Session } from "../../src/contract/provider.ts";
import type { RequestCounts } from "../../src/vault-status.ts";
import { failing, failure, HOUR, ManualClock, MINUTE, SECOND, world, type World } from "../fixture.ts";

const requests = ({ vault }: World): RequestCounts | undefined => vault.status().connections[0]?.requests;

/** A login that cost four requests, to a vault of which each read costs one. */
function counting(of: () => World, identity = "A"): Partial<Session> {
  const before = of().remote.reads.length;
  return { identity, requests: () => 4 + of().remote.reads.length - before };
}

function countingWorld(): World {
  const here: World = world();
  here.remote.login = counting(() => here);
  return here;
}

describe("the requests of a connection", () => {
  it("are not told where the vault does not count them", async () => {
    const here = world();
    await here.vault.get("X");
    expect(here.vault.status().connections[0]).not.toHaveProperty("requests");
  });

  it("are those of logins and reads, whatever the calls were", async () => {
    const here = countingWorld();
    expect(requests(here)).toBeUndefined();
    await here.vault.get("X");
    expect(requests(here)).toEqual({ total: 5, lastHour: 5, lastDay: 5 });
    await here.vault.get("X");
    await here.vault.get("Y");
    expect(requests(here)).toEqual({ total: 6, lastHour: 6, lastDay: 6 });
    expect(here.vault.status().connections[0]?.calls).toBe(3);
  });

  it("leave the hour and the day as time passes, and stay in the total", async () => {
    const here = countingWorld();
    await here.vault.get("X");
    await here.clock.pass(30 * MINUTE);
    await here.vault.get("Y");
    await here.clock.pass(40 * MINUTE);
    expect(requests(here)).toEqual({ total: 6, lastHour: 1, lastDay: 6 });
    await here.clock.pass(23 * HOUR);
    expect(requests(here)).toEqual({ total: 6, lastHour: 0, lastDay: 1 });
    await here.clock.pass(HOUR);
    expect(requests(here)).toEqual({ total: 6, lastHour: 0, lastDay: 0 });
  });

  it("leave them while the machine sleeps, whatever the wall clock says", async () => {
    const here = countingWorld();
    await here.vault.get("X");
    here.clock.suspend(2 * HOUR);
    here.clock.moveWall(-3 * HOUR);
    expect(requests(here)).toEqual({ total: 5, lastHour: 0, lastDay: 5 });
  });

  it("are those of every session there was", async () => {
    const here = countingWorld();
    await here.vault.get("X");
    here.remote.login = counting(() => here, "B");
    await here.vault.reauthenticate("c");
    await here.vault.get("X");
    await here.vault.disconnect("c");
    expect(requests(here)).toMatchObject({ total: 10 });
  });

  it("are those of a login that fails, as far as it says", async () => {
    const here = world();
    here.remote.login = failure("unauthenticated", { requests: 2 });
    expect((await failing(here.vault.get("X"))).code).toBe("unauthenticated");
    expect(requests(here)).toEqual({ total: 2, lastHour: 2, lastDay: 2 });
  });

  it("are those of a login that comes too late", async () => {
    const here = world({ opensByHand: true });
    const waiting = failing(here.vault.get("X"));
    await here.clock.pass(31 * SECOND);
    await waiting;
    here.remote.opening.respond({ requests: () => 4 });
    await here.clock.pass(SECOND);
    expect(requests(here)).toMatchObject({ total: 4 });
  });

  it("are those of a read whose caller has gone", async () => {
    const here = countingWorld();
    here.remote.byHand = true;
    const waiting = failing(here.vault.get("X", { deadlineMs: SECOND }));
    await here.clock.pass(SECOND);
    await waiting;
    expect(requests(here)).toMatchObject({ total: 5 });
  });

  it("spoil nothing where a provider's count is none", async () => {
    const here = world();
    const throwing = (): number => {
      throw new Error("no count");
    };
    for (const broken of [throwing, () => Number.NaN, () => -1]) {
      here.remote.login = { requests: broken };
      await here.vault.reauthenticate("c");
      expect(await here.text("X", { refresh: true })).toBe("vlcanary-x-1");
    }
    expect(requests(here)).toEqual({ total: 0, lastHour: 0, lastDay: 0 });
  });
});

it("counts never less than the last hour had, and a minute more at most", () => {
  const clock = new ManualClock();
  const usage = new RequestCounter(new SampledClock(clock));
  usage.add(1);
  clock.jump(HOUR - 1);
  expect(usage.counts()?.lastHour).toBe(1);
  clock.jump(MINUTE + 1);
  expect(usage.counts()?.lastHour).toBe(0);
});
