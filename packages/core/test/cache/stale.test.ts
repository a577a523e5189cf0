import { describe, expect, it } from "vitest";
import type { ErrorCode, GetOptions, SecretValue } from "../../src/index.ts";
import { failing, failure, HOUR, MINUTE, person, SECOND, watched, world } from "../fixture.ts";

/** `X` was read, its hour is over, and the vault can't be asked. */
async function outage(code: ErrorCode = "unavailable", staleOnError = 30): Promise<ReturnType<typeof world>> {
  const here = world({ cache: { staleOnError } });
  await here.vault.get("X");
  await here.clock.pass(HOUR);
  here.remote.holds.set("x", failure(code));
  return here;
}

/** What a read gives once its retries are over. */
async function given(
  { clock, vault }: ReturnType<typeof world>,
  options?: GetOptions,
): Promise<{ value?: SecretValue; code?: ErrorCode | undefined }> {
  const waiting = watched(vault.get("X", options));
  await clock.pass(10 * SECOND);
  return waiting.value === undefined ? { code: waiting.error?.code } : { value: waiting.value };
}

describe("an expired value while the vault cannot be asked", () => {
  it("E11: is not given by default", async () => {
    expect(await given(await outage("unavailable", 0))).toEqual({ code: "unavailable" });
  });

  it.each(["unavailable", "throttled", "timeout"] as const)("is given, and marked: %s", async (code) => {
    const { value } = await given(await outage(code));
    expect(value?.provenance).toMatchObject({ source: "stale", cause: code });
    expect(value?.provenance.ageMs).toBeGreaterThanOrEqual(HOUR);
    expect(value?.reveal()).toBe("vlcanary-x-1");
  });

  it("every time, and its age is the true one", async () => {
    const here = await outage();
    const first = (await given(here)).value?.provenance.ageMs ?? 0;
    const second = await given(here);
    expect(second.value?.provenance).toMatchObject({ source: "stale", ageMs: first + 10 * SECOND });
  });

  it("only after the vault was tried and tried again", async () => {
    const here = await outage();
    await given(here);
    expect(here.remote.reads).toHaveLength(4);
  });

  it("the next read asks the vault again, and takes what it says", async () => {
    const here = await outage();
    await given(here);
    here.remote.holds.set("x", "vlcanary-x-2");
    await here.clock.pass(30 * SECOND);
    const { value } = await given(here);
    expect(value?.provenance.source).toBe("vault");
    expect(value?.reveal()).toBe("vlcanary-x-2");
  });

  it("E11: until its TTL and what was opted in are over, however often it was given", async () => {
    const here = await outage();
    await given(here);
    await here.clock.pass(30 * MINUTE - 12 * SECOND);
    expect((await given(here)).value?.provenance.source).toBe("stale");
    await here.clock.pass(3 * SECOND);
    expect(here.vault.status().cache.entries, "and then it is overwritten").toBe(0);
    expect(await given(here)).toEqual({ code: "unavailable" });
  });

  it("at the very end it is not given", async () => {
    const here = world({ cache: { staleOnError: 30 }, limits: { attemptMs: 100 } });
    await here.vault.get("X");
    here.remote.holds.set("x", failure("unavailable", { retryAfterMs: Infinity }));
    await here.clock.pass(90 * MINUTE - 1);
    expect((await here.vault.get("X")).provenance.source).toBe("stale");
    here.clock.jump(1);
    expect((await failing(here.vault.get("X"))).code).toBe("unavailable");
  });

  it("E33: a value with an end of its own is not given after that end", async () => {
    const here = world({ cache: { staleOnError: 30 } });
    const { clock, remote, vault } = here;
    remote.holds.set("x", { document: { value: "vlcanary-x-1", expiresAt: clock.epochMs() + 5 * MINUTE } });
    await vault.get("X");
    remote.holds.set("x", failure("unavailable"));
    await clock.pass(5 * MINUTE);
    expect(await given(here)).toEqual({ code: "unavailable" });
  });

  it.each([
    ["by the caller", { allowStale: false }],
    ["for a refresh", { refresh: true }],
  ])("is refused %s", async (_why, options) => {
    expect(await given(await outage(), options)).toEqual({ code: "unavailable" });
  });

  it("is given when the time of its caller runs out", async () => {
    const here = world({ cache: { staleOnError: 30 }, byHand: true });
    const first = here.vault.get("X");
    await here.clock.pass(0);
    here.remote.reading.respond("vlcanary-x-1");
    await first;
    await here.clock.pass(HOUR);
    const waiting = watched(here.vault.get("X", { deadlineMs: SECOND }));
    await here.clock.pass(SECOND);
    expect(waiting.value?.provenance).toMatchObject({ source: "stale", cause: "timeout" });
  });
});

describe("a fresh value while the vault cannot be asked", () => {
  it("E12: is served, and nothing is asked", async () => {
    const { vault, remote, clock, text } = world();
    await vault.get("X");
    remote.holds.set("x", failure("unavailable"));
    await clock.pass(HOUR - SECOND);
    expect(await text("X")).toBe("vlcanary-x-1");
    expect(remote.reads).toHaveLength(1);
  });
});

describe("an expired value after a refusal", () => {
  const refusals = ["unauthenticated", "denied", "not_found", "unusable", "invalid_reference", "internal"] as const;

  it.each(refusals)("E11: is not given: %s", async (code) => {
    expect(await given(await outage(code))).toEqual({ code });
  });

  it.each(["denied", "not_found", "unusable", "ambiguous", "invalid_reference"] as const)(
    "is gone, though the vault cannot be asked afterwards: %s",
    async (code) => {
      const here = await outage(code);
      await given(here);
      here.remote.holds.set("x", failure("unavailable"));
      await here.clock.pass(10 * SECOND);
      expect(await given(here)).toEqual({ code: "unavailable" });
      expect(here.vault.status().cache.entries).toBe(0);
    },
  );
});

describe("an expired value of a connection that gives nothing", () => {
  it("is withheld while its credentials are expired", async () => {
    const here = world({ cache: { staleOnError: 30 } });
    const { clock, remote, vault } = here;
    remote.asks = true;
    remote.login = { identity: "A", expiresAt: clock.epochMs() + HOUR };
    await vault.reauthenticate("c", { prompter: person() });
    await vault.get("X");
    await clock.pass(HOUR);
    remote.holds.set("x", failure("unavailable"));
    expect(await given(here)).toEqual({ code: "unauthenticated" });
    remote.login = { identity: "A" };
    await vault.reauthenticate("c", { prompter: person() });
    expect((await given(here)).value?.provenance.source, "and given after signing in").toBe("stale");
  });

  it("is withheld while the connection can't be opened", async () => {
    const here = world({ cache: { staleOnError: 30 } });
    const { clock, remote, vault } = here;
    remote.login = { identity: "A", expiresAt: clock.epochMs() + HOUR };
    await vault.get("X");
    remote.login = failure("unavailable");
    await clock.pass(HOUR);
    expect(await given(here)).toEqual({ code: "unavailable" });
  });

  it("is gone after a reset", async () => {
    const here = await outage();
    here.vault.reset();
    expect(await given(here)).toEqual({ code: "unavailable" });
  });
});

describe("the status of a link", () => {
  it("says that a stale value is served, why, and for how long", async () => {
    const here = await outage();
    expect(here.vault.status().links[0]).toMatchObject({ name: "X", state: "unknown" });
    await given(here);
    expect(here.vault.status().links[0]).toEqual({
      ...{
        name: "X",
        reference: "c://x",
        required: true,
        state: "resolved",
        ageMs: HOUR + 10 * SECOND,
        expiresInMs: 0,
        reads: 4,
      },
      stale: { cause: "unavailable", endsInMs: 30 * MINUTE - 10 * SECOND },
    });
  });

  it("says so until the vault answers or the time is over", async () => {
    const here = await outage();
    await given(here);
    here.remote.holds.set("x", "vlcanary-x-2");
    await here.clock.pass(MINUTE);
    await given(here);
    expect(here.vault.status().links[0]).not.toHaveProperty("stale");
    const other = await outage();
    await given(other);
    await other.clock.pass(30 * MINUTE);
    expect(other.vault.status().links[0]).toMatchObject({ state: "unknown" });
  });
});
