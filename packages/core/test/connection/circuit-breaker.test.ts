import { describe, expect, it } from "vitest";
import { failing, failure, MINUTE, SECOND, settle, watched, world } from "../fixture.ts";

/** A failure that is not retried, so that each get is one call. */
const down = failure("unavailable", { retryAfterMs: Infinity });
type World = ReturnType<typeof world>;

/** Calls in this order: `.` answered, `x` unavailable, `t` throttled, `n` not found. Returns how many were sent. */
async function calls({ remote, vault }: World, script: string): Promise<number> {
  const before = remote.reads.length;
  for (const [index, call] of script.split("").entries()) {
    const path = `${script}-${index}`;
    if (call === ".") remote.holds.set(path, "vlcanary-z");
    if (call === "x") remote.holds.set(path, down);
    if (call === "t") remote.holds.set(path, failure("throttled", { retryAfterMs: Infinity }));
    await vault.get(`c://${path}`, { refresh: true }).catch(() => undefined);
  }
  return remote.reads.length - before;
}

const isOpen = async (here: World): Promise<boolean> => (await calls(here, ".")) === 0;

describe("a vault that fails again and again", () => {
  it.each([
    ["xxxx", false, "four in a row"],
    ["xxxxx", true, "five in a row"],
    ["xxxx.xxxx", false, "eight of nine, no five in a row"],
    ["xxxxnxxxx", false, "a refusal is an answer"],
    ["xxxxtxxxx", false, "being told to slow down is one too"],
    ["tttttttttt", false, "ten times told to slow down"],
    [".x.x.x.x.", false, "four of nine"],
    [".x.x.x.x.x", true, "five of ten"],
    ["....x.x.x.x", false, "four of eleven"],
    ["xx..xx..xx", true, "six of ten"],
  ])("after %s it is open: %s (%s)", async (script, open) => {
    const here = world();
    await calls(here, script);
    expect(await isOpen(here)).toBe(open);
  });

  it("what is older than thirty seconds does not count for the half", async () => {
    const here = world();
    await calls(here, ".x.x.x.x.");
    await here.clock.pass(36 * SECOND);
    await calls(here, "x.");
    expect(await isOpen(here)).toBe(false);
  });

  it("attempts that ran out of time count", async () => {
    const here = world({ byHand: true, limits: { attemptMs: SECOND } });
    const waiting = [watched(here.vault.get("X")), watched(here.vault.get("Y"))];
    await here.clock.pass(5 * SECOND);
    expect(waiting.map(({ error }) => error?.code)).toEqual(["timeout", "timeout"]);
    expect(here.remote.reads).toHaveLength(6);
    expect((await failing(here.vault.get("X"))).details.reason).toBe("circuit-open");
  });

  it("callers are told at once, and when it will be asked again", async () => {
    const here = world({ random: () => 0.5 });
    await calls(here, "xxxxx");
    const error = await failing(here.vault.get("X"));
    expect(error).toMatchObject({ code: "unavailable", details: { reason: "circuit-open", retryAfterMs: 15_500 } });
  });

  it("a cached value answers meanwhile", async () => {
    const here = world();
    await here.vault.get("X");
    await calls(here, "xxxxx");
    expect((await here.vault.get("X")).provenance.source).toBe("cache");
  });

  it("of one connection is not that of another", async () => {
    const here = world();
    const other = world();
    await calls(here, "xxxxx");
    expect(await isOpen(other)).toBe(false);
  });

  it.each([
    [0, SECOND],
    [0.5, 15_500],
    [0.999_999_9, 30 * SECOND],
  ])("a probe follows after a random time, here %d between 1 and 30 s", async (share, wait) => {
    const here = world({ random: () => share });
    await calls(here, "xxxxx");
    await here.clock.pass(wait - 1);
    expect(await isOpen(here)).toBe(true);
    await here.clock.pass(1);
    expect(await isOpen(here)).toBe(false);
  });

  it.each([64, 1])(
    "one probe at a time; the others go on failing until it is answered: %i slots",
    async (concurrency) => {
      const here = world({ random: () => 0, limits: { concurrency } });
      await calls(here, "xxxxx");
      await here.clock.pass(SECOND);
      here.remote.byHand = true;
      const probe = watched(here.vault.get("X"));
      await settle();
      const other = watched(here.vault.get("Y"));
      await settle();
      expect(here.remote.asked.slice(5)).toEqual(["x"]);
      expect(other.error?.details.reason).toBe("circuit-open");
      here.remote.reading.respond("vlcanary-x-1");
      await settle();
      expect(probe.state).toBe("resolved");
      here.remote.byHand = false;
      expect(await calls(here, "...xx")).toBe(5);
    },
  );

  it("a probe that fails makes it wait again, one failure being enough", async () => {
    const here = world({ random: () => 0 });
    await calls(here, "xxxxx");
    await here.clock.pass(SECOND);
    expect(await calls(here, "x")).toBe(1);
    expect(await isOpen(here)).toBe(true);
    await here.clock.pass(SECOND);
    expect(await isOpen(here)).toBe(false);
  });

  it("a probe whose caller left decides nothing: the next call is the probe", async () => {
    const here = world({ random: () => 0 });
    await calls(here, "xxxxx");
    await here.clock.pass(SECOND);
    here.remote.byHand = true;
    const caller = new AbortController();
    const probe = failing(here.vault.get("X", { signal: caller.signal }));
    await settle();
    caller.abort();
    await probe;
    here.remote.byHand = false;
    expect(await isOpen(here)).toBe(false);
  });

  it("time asleep counts", async () => {
    const here = world({ random: () => 0.5 });
    await calls(here, "xxxxx");
    here.clock.suspend(MINUTE);
    expect(await isOpen(here)).toBe(false);
  });
});
