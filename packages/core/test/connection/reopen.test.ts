import { describe, expect, it } from "vitest";
import type { Session } from "../../src/contract/provider.ts";
import { definePlugin, defineOptions } from "../../src/provider.ts";
import { failing, failure, HOUR, MINUTE, person, Remote, SECOND, settle, watched, world } from "../fixture.ts";

const stateOf = ({ vault }: ReturnType<typeof world>): string | undefined => vault.status().connections[0]?.state;

describe("opening a connection", () => {
  it("one at a time, whoever asks for whatever", async () => {
    const { vault, remote } = world({ opensByHand: true });
    const asked = [
      vault.getMany(["X", "Y"]),
      vault.relink("Y", "c://x"),
      vault.get("X", { refresh: true }),
      vault.reauthenticate("c"),
    ];
    await settle();
    expect(remote.opens).toHaveLength(1);
    remote.opening.respond({ identity: "A" });
    await Promise.all(asked);
    expect(remote.opens).toHaveLength(1);
    expect(remote.log).toEqual([]);
  });

  it("a lapse takes over the replacement under way, and whoever reads waits for it", async () => {
    const { vault, remote, clock } = world({ limits: { openMs: HOUR } });
    remote.login = { identity: "A", expiresAt: clock.epochMs() + 10 * MINUTE };
    await vault.get("X");
    remote.opensByHand = true;
    await clock.pass(10 * MINUTE);
    const waiting = watched(vault.get("X"));
    await settle();
    expect([remote.opens.length, waiting.state]).toEqual([2, "pending"]);
    remote.opening.respond({ identity: "A" });
    await settle();
    expect(waiting.value?.provenance.source).toBe("cache");
    expect(remote.opens).toHaveLength(2);
  });

  it("nothing is read before it is open, nor after that failed", async () => {
    const { remote, code, clock } = world({ login: failure("unavailable", { retryAfterMs: Infinity }) });
    expect(await code("X")).toBe("unavailable");
    expect(await code("X")).toBe("unavailable");
    await clock.pass(5 * MINUTE);
    await code("X");
    expect(remote.reads).toHaveLength(0);
    expect(remote.opens).toHaveLength(2);
  });

  it("nothing is opened before somebody asks", async () => {
    const here = world();
    await here.clock.pass(HOUR);
    here.vault.status();
    here.vault.reset();
    here.vault.link("Z", "c://z");
    expect([here.remote.opens.length, stateOf(here)]).toEqual([0, "disconnected"]);
  });

  it("a refusal is not tried again for thirty seconds (unattended)", async () => {
    const here = world({ login: failure("unauthenticated", { hint: "vendor login" }) });
    const error = await failing(here.vault.get("X"));
    expect(error).toMatchObject({
      code: "unauthenticated",
      details: { reason: "not-authenticated", hint: "vendor login" },
    });
    await here.clock.pass(30 * SECOND - 1);
    await here.code("X");
    expect(here.remote.opens).toHaveLength(1);
    here.remote.login = { identity: "A" };
    await here.clock.pass(1);
    expect(await here.text("X")).toBe("vlcanary-x-1");
  });

  it.each(["invalid_config", "denied", "internal"] as const)("%s stands until somebody signs in", async (code) => {
    const here = world({ login: failure(code) });
    await here.code("X");
    await here.clock.pass(HOUR);
    expect(await here.code("X")).toBe(code);
    expect([here.remote.opens.length, stateOf(here)]).toEqual([1, "failed"]);
    here.remote.login = { identity: "A" };
    await here.vault.reauthenticate("c");
    expect(await here.text("X")).toBe("vlcanary-x-1");
  });

  it("never prompts for a read, also where somebody could be asked", async () => {
    const here = world();
    here.remote.asks = true;
    await here.vault.get("X");
    expect(here.remote.opens.map(({ context }) => "prompter" in context)).toEqual([false]);
  });

  it("a person who declines changes nothing", async () => {
    const here = world();
    here.remote.asks = true;
    const declining = { ...person(), ask: () => Promise.reject(failure("aborted")) };
    expect((await failing(here.vault.reauthenticate("c", { prompter: declining }))).code).toBe("aborted");
    expect(stateOf(here)).toBe("disconnected");
    expect(await here.text("X")).toBe("vlcanary-x-1");
  });

  it.each([undefined, null, {}, { read: "no" }])("what is no session is internal: %o", async (session) => {
    const provider = { specVersion: 1, name: "odd", open: async () => session as unknown as Session } as const;
    expect(await world({ connections: { c: provider } }).code("X")).toBe("internal");
  });
});

describe("credentials that are about to lapse", () => {
  it("are opened anew at 80 % of their life, while the old ones serve", async () => {
    const here = world();
    const { vault, remote, clock } = here;
    remote.login = { identity: "A", expiresAt: clock.epochMs() + 10 * MINUTE };
    await vault.get("X");
    await clock.pass(8 * MINUTE - 1);
    expect(remote.opens).toHaveLength(1);
    remote.login = { identity: "A", expiresAt: clock.epochMs() + HOUR };
    await clock.pass(1);
    expect(remote.opens).toHaveLength(2);
    expect(vault.status().connections[0]).toMatchObject({ state: "ready", expiresAt: clock.epochMs() + HOUR - 1 });
    expect((await vault.get("X")).provenance.source, "the values of the same identity stay").toBe("cache");
    expect(remote.log).toEqual(["close A"]);
  });

  it("are renewed if the session can be, and not opened", async () => {
    const here = world();
    const { vault, remote, clock } = here;
    const renew = async (): Promise<number> => (remote.log.push("renew"), clock.epochMs() + 10 * MINUTE);
    remote.login = { identity: "A", expiresAt: clock.epochMs() + 10 * MINUTE, renew };
    for (let minute = 0; minute < 59; minute++) {
      await vault.get("X");
      await clock.pass(MINUTE);
    }
    await clock.pass(MINUTE - 1);
    expect(remote.log).toEqual(Array.from({ length: 7 }, () => "renew"));
    expect([remote.opens.length, stateOf(here)]).toEqual([1, "ready"]);
    expect((await vault.get("X")).provenance.source).toBe("cache");
  });

  it("a renewal that fails is tried again, and never past the real lapse", async () => {
    const here = world();
    const { vault, remote, clock } = here;
    const renew = (): Promise<number> => (remote.log.push("renew"), Promise.reject(failure("unavailable")));
    remote.asks = true;
    remote.login = { identity: "A", expiresAt: clock.epochMs() + 10 * MINUTE, renew };
    await vault.reauthenticate("c", { prompter: person() });
    await clock.pass(10 * MINUTE - 1);
    expect(stateOf(here)).toBe("ready");
    const tried = remote.log.length;
    expect(tried).toBeGreaterThan(3);
    await clock.pass(1);
    expect(stateOf(here)).toBe("expired");
    await clock.pass(HOUR);
    expect(remote.log.filter((entry) => entry === "renew")).toHaveLength(tried);
  });

  it("of a person are renewed where that needs nobody, and else left to lapse", async () => {
    const here = world();
    const { vault, remote, clock } = here;
    remote.asks = true;
    remote.login = { identity: "A", expiresAt: clock.epochMs() + 10 * MINUTE };
    await vault.reauthenticate("c", { prompter: person() });
    await clock.pass(HOUR);
    expect([remote.opens.length, stateOf(here)]).toEqual([1, "expired"]);
    expect(await here.code("X")).toBe("unauthenticated");
    expect(remote.opens).toHaveLength(1);
  });

  it("whose replacement is another identity take their values with them", async () => {
    const { vault, remote, clock } = world();
    remote.login = { identity: "A", expiresAt: clock.epochMs() + 10 * MINUTE };
    await vault.get("X");
    remote.login = { identity: "B" };
    await clock.pass(8 * MINUTE);
    expect(vault.status()).toMatchObject({ cache: { entries: 0 }, connections: [{ identity: "B" }] });
  });
});

describe("maxSession", () => {
  function limited(): ReturnType<typeof world> {
    const remote = new Remote();
    remote.holds.set("x", "vlcanary-x-1");
    remote.asks = true;
    const plugin = definePlugin({
      name: "p",
      title: "P",
      options: defineOptions<object>({}),
      create: () => remote.provider,
    });
    const here = world({
      connections: { c: { provider: "p", load: async () => plugin, options: {}, maxSession: 120 } },
    });
    return { ...here, remote };
  }

  it("ends a session that somebody signed in to", async () => {
    const here = limited();
    await here.vault.reauthenticate("c", { prompter: person() });
    await here.clock.pass(120 * MINUTE - 1);
    expect(stateOf(here)).toBe("ready");
    await here.clock.pass(1);
    expect(stateOf(here)).toBe("expired");
    expect((await failing(here.vault.get("X"))).details.reason).toBe("expired");
  });

  it("leaves one that needed nobody", async () => {
    const here = limited();
    await here.vault.get("X");
    await here.clock.pass(24 * HOUR);
    expect([here.remote.opens.length, stateOf(here)]).toEqual([1, "ready"]);
  });
});

describe("credentials that end when they end", () => {
  it("are looked for once before that, not again and again", async () => {
    const { vault, remote, clock } = world();
    remote.login = { identity: "A", expiresAt: clock.epochMs() + 100 * MINUTE };
    await vault.get("X");
    await clock.pass(99 * MINUTE);
    expect(remote.opens).toHaveLength(2);
  });

  it("are looked for again when what was found lasted longer", async () => {
    const { vault, remote, clock } = world();
    remote.login = { identity: "A", expiresAt: clock.epochMs() + 100 * MINUTE };
    await vault.get("X");
    remote.login = { identity: "A", expiresAt: clock.epochMs() + 200 * MINUTE };
    await clock.pass(100 * MINUTE);
    await vault.get("X");
    await clock.pass(90 * MINUTE);
    expect(remote.opens).toHaveLength(3);
  });
});
