import { describe, expect, it } from "vitest";
import type { Env } from "../../src/types.ts";
import { createVault } from "../../src/vault.ts";
import { failing, failure, HOUR, MINUTE, person, Remote, SECOND, settle, watched, world } from "../fixture.ts";

type World = ReturnType<typeof world>;

describe("a renewal says whose it is (R1)", () => {
  it.each([
    ["another identity", { identity: "B" }, "B", "vlcanary-x-2"],
    ["an unknown one", {}, undefined, "vlcanary-x-2"],
    ["the same one", { identity: "A" }, "A", "vlcanary-x-1"],
    ["a number alone", undefined, "A", "vlcanary-x-1"],
  ])("%s", async (_what, renewal, identity, text) => {
    const here = world();
    const { clock, remote, vault } = here;
    const expiresAt = (): number => clock.epochMs() + HOUR;
    remote.login = {
      identity: "A",
      expiresAt: expiresAt(),
      renew: async () => (renewal === undefined ? expiresAt() : { ...renewal, expiresAt: expiresAt() }),
    };
    await vault.get("X");
    remote.holds.set("x", "vlcanary-x-2");
    await clock.pass(48 * MINUTE);
    expect(vault.status().connections[0]?.identity).toBe(identity);
    expect(await here.text("X")).toBe(text);
    expect([remote.opens.length, remote.log.length]).toEqual([1, 0]);
  });

  it("a read under way is asked again as the new identity", async () => {
    const here = world({ byHand: true });
    const { clock, remote, vault } = here;
    const expiresAt = clock.epochMs() + 10 * SECOND;
    remote.login = { identity: "A", expiresAt, renew: async () => ({ identity: "B", expiresAt: expiresAt + HOUR }) };
    const got = watched(vault.get("X"));
    await clock.pass(8 * SECOND);
    remote.reads[0]?.respond("vlcanary-x-of-A");
    remote.reads[1]?.respond("vlcanary-x-of-B");
    await settle();
    expect(got.value?.reveal()).toBe("vlcanary-x-of-B");
  });
});

describe("when to renew", () => {
  it.each([
    ["earlier than at 80 %", 20, 20],
    ["later", 55, 55],
    ["in the past: not at once", -5, 10 / 60],
    ["after the end: at 80 %", 90, 48],
    ["no time at all: at 80 %", Number.NaN, 48],
  ])("renewAt %s", async (_what, inMinutes, renewed) => {
    const { clock, remote, vault } = world();
    remote.login = {
      identity: "A",
      expiresAt: clock.epochMs() + HOUR,
      renewAt: clock.epochMs() + inMinutes * MINUTE,
      renew: async () => (remote.log.push("renew"), clock.epochMs() + HOUR),
    };
    await vault.get("X");
    await clock.pass(renewed * MINUTE - 1);
    expect(remote.log).toEqual([]);
    await clock.pass(1);
    expect(remote.log).toEqual(["renew"]);
  });

  it.each([
    ["credentials that are opened again", false],
    ["credentials that are renewed", true],
  ])("not for nobody (R7): %s", async (_what, renews) => {
    const here = world();
    const { clock, remote, vault } = here;
    const expiresAt = (): number => clock.epochMs() + 10 * SECOND;
    let logins = 0;
    const session = (): object => ({
      ...{ identity: "A", expiresAt: expiresAt() },
      ...(renews && { renew: async () => (logins++, expiresAt()) }),
    });
    Object.defineProperty(remote, "login", { get: session });
    await vault.get("X");
    await clock.pass(HOUR);
    expect(remote.opens.length + logins).toBeLessThanOrEqual(3);
    expect(await here.text("X", { refresh: true })).toBe("vlcanary-x-1");
  });

  it("a read between 80 % and the end renews (R7)", async () => {
    const { clock, remote, vault } = world();
    const renew = async (): Promise<number> => (remote.log.push("renew"), clock.epochMs() + HOUR);
    remote.login = { identity: "A", expiresAt: clock.epochMs() + HOUR, renew };
    await vault.reauthenticate("c");
    await clock.pass(50 * MINUTE);
    expect(remote.log).toEqual([]);
    await vault.get("X");
    expect(remote.log).toEqual(["renew"]);
  });
});

describe("opening is tried again like reading (C3)", () => {
  it.each([
    ["one 503", [failure("unavailable")], SECOND, 2, "vlcanary-x-1"],
    ["two", [failure("unavailable"), failure("timeout")], SECOND, 3, "vlcanary-x-1"],
    ["Retry-After", [failure("throttled", { retryAfterMs: 20_000 })], 20 * SECOND, 2, "vlcanary-x-1"],
    ["three", Array.from({ length: 3 }, () => failure("unavailable")), 2 * SECOND, 3, "unavailable"],
    ["Retry-After that does not fit", [failure("throttled", { retryAfterMs: HOUR })], 0, 1, "throttled"],
    ["denied", [failure("denied")], 0, 1, "denied"],
    ["refused credentials", [failure("unauthenticated")], 0, 1, "unauthenticated"],
  ])("after %s", async (_what, refusals, ms, opens, outcome) => {
    const here = world({ opensByHand: true });
    const got = watched(here.vault.get("X"));
    for (const refusal of refusals) {
      await settle();
      here.remote.opening.fail(refusal);
      await here.clock.pass(ms / refusals.length);
    }
    if (here.remote.opens.length > refusals.length) here.remote.opening.respond({ identity: "A" });
    await settle();
    expect([here.remote.opens.length, got.value?.reveal() ?? got.error?.code]).toEqual([opens, outcome]);
  });

  it("not beyond the caller's deadline, and not for a person who was asked", async () => {
    const here = world({ login: failure("unavailable") });
    const got = watched(here.vault.get("X", { deadlineMs: 300 }));
    await here.clock.pass(300);
    expect([got.error?.code, here.remote.opens.length]).toEqual(["unavailable", 1]);
    const somebody = person();
    here.remote.asks = true;
    expect((await failing(here.vault.reauthenticate("c", { prompter: somebody }))).code).toBe("unavailable");
    expect(somebody.questions).toBe(1);
  });
});

describe("a server's numbers are bounded (R11)", () => {
  it.each([
    ["five minutes", async ({ clock }: World) => clock.pass(5 * MINUTE)],
    ["a reset", async ({ vault }: World) => void vault.reset()],
    ["a reset of the connection", async ({ vault }: World) => void vault.reset({ connection: "c" })],
    ["a reset of a name", async ({ vault }: World) => void vault.reset({ name: "X" })],
    ["signing in again", async ({ vault }: World) => void (await vault.reauthenticate("c"))],
    ["a disconnect", async ({ vault }: World) => (await vault.disconnect("c"), void (await vault.reauthenticate("c")))],
  ])("Retry-After: 999999999 ends after %s", async (_what, end) => {
    const here = world();
    here.remote.holds.set("x", failure("throttled", { retryAfterMs: 999_999_999_000 }));
    expect(await here.code("X")).toBe("throttled");
    expect((await failing(here.vault.get("Y"))).details.retryAfterMs).toBeLessThanOrEqual(5 * MINUTE);
    await end(here);
    expect(await here.text("Y")).toBe("vlcanary-y-1");
  });

  it.each([Number.NaN, Infinity, -1, 0])("a document's expiry of %d", async (expiresAt) => {
    const here = world();
    here.remote.holds.set("x", { document: { value: "vlcanary-x-1", expiresAt } });
    expect(await here.text("X")).toBe("vlcanary-x-1");
    expect(here.vault.status().cache.entries).toBe(expiresAt === Infinity ? 1 : 0);
    await here.clock.pass(10 * SECOND);
  });
});

describe("timers end with what they belong to (R5)", () => {
  it.each(["close", "disconnect", "replaced environments"])("%s", async (end) => {
    const here = world({ envVariables: ["WHO"] });
    const { clock, remote, vault } = here;
    remote.login = { identity: "A", expiresAt: clock.epochMs() + HOUR };
    const env = (who: number): Env => ({ WHO: `${who}` });
    for (let who = 0; who < 20; who++) await vault.get("X", { env: env(who) });
    await settle();
    if (end === "close") await vault.close();
    if (end === "disconnect") await vault.disconnect("c");
    await settle();
    // The sweep of what is cached, and two per session that is kept.
    expect(clock.pending).toBeLessThanOrEqual(end === "close" ? 0 : end === "disconnect" ? 1 : 9);
  });
});

describe("an answer about one request is no outage (H3)", () => {
  it.each([
    ["unavailable", failure("unavailable")],
    ["with a status", failure("unavailable", { native: { status: 200 } })],
  ])("%s: a healthy name in the same batch goes on", async (_what, bad) => {
    const here = world({ cache: { ttl: 0 } });
    here.remote.holds.set("x", bad);
    for (let round = 0; round < 6; round++) {
      const both = watched(here.vault.getMany(["X", "Y"]));
      await here.clock.pass(2 * SECOND);
      expect(both.value?.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    }
  });

  it("several bad requests that the vault answers", async () => {
    const here = world({ cache: { ttl: 0 } });
    for (const path of ["a", "b", "d"]) {
      here.remote.holds.set(path, failure("unavailable", { native: { status: 200 } }));
      const got = failing(here.vault.get(`c://${path}`));
      await here.clock.pass(2 * SECOND);
      await got;
    }
    expect(await here.text("Y")).toBe("vlcanary-y-1");
  });
});

describe("every call is told when it must have ended", () => {
  it("open, read, renew, release and revoke", async () => {
    const clock = world().clock;
    const remote = new Remote();
    const seen: Array<number | undefined> = [];
    remote.login = {
      ...{ identity: "A", expiresAt: clock.epochMs() + HOUR },
      read: async (_locator, { deadline }) => (seen.push(deadline), { value: "vlcanary-x", lease: "l" }),
      renew: async ({ deadline }) => (seen.push(deadline), clock.epochMs() + 2 * HOUR),
      release: async (_lease, { deadline }) => void seen.push(deadline),
      revoke: async ({ deadline }) => void seen.push(deadline),
    };
    const start = clock.epochMs();
    const vault = createVault({ connections: { c: remote.provider }, env: {}, clock, random: () => 0 });
    await vault.get("c://x");
    await clock.pass(48 * MINUTE);
    await vault.close();
    const at = (ms: number): number => start + 48 * MINUTE + ms;
    expect(remote.opening.context.deadline).toBe(start + 30 * SECOND);
    expect(seen).toEqual([start + 10 * SECOND, at(10 * SECOND), at(2 * SECOND), at(2 * SECOND)]);
  });
});
