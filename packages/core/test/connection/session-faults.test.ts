import { describe, expect, it } from "vitest";
import type { Plugin } from "../../src/contract/plugin.ts";
import { createVault } from "../../src/vault.ts";
import {
  failing,
  failure,
  HOUR,
  ManualClock,
  MINUTE,
  person,
  Remote,
  SECOND,
  settle,
  watched,
  world,
} from "../fixture.ts";

type World = ReturnType<typeof world>;

/** A login that obtained credentials of its own: they can be revoked. */
const obtained = ({ remote }: World, who: string, over: object = {}): object => ({
  identity: who,
  revoke: async () => void remote.log.push(`revoke ${who}`),
  ...over,
});

/** A vault whose connection's plugin is loaded by hand. */
function loading(): { vault: ReturnType<typeof createVault>; remote: Remote; load: () => void } {
  const remote = new Remote();
  remote.holds.set("x", "vlcanary-x-1");
  const plugin = {
    ...{ specVersion: 1, name: "scripted" },
    options: { "~standard": { validate: (value: unknown) => ({ value }) } },
    create: () => remote.provider,
  } as unknown as Plugin;
  const loaded = Promise.withResolvers<Plugin>();
  const vault = createVault({
    connections: { c: { provider: "scripted", load: () => loaded.promise, options: {} } },
    ...{ links: { X: "c://x" }, env: {}, clock: new ManualClock() },
  });
  return { vault, remote, load: () => loaded.resolve(plugin) };
}

describe("nothing opens or delivers after close (R2)", () => {
  it.each([
    ["get", async ({ vault }: Pick<World, "vault">) => vault.get("X")],
    ["get of a lent environment", async ({ vault }: Pick<World, "vault">) => vault.get("X", { env: {} })],
    ["reauthenticate", async ({ vault }: Pick<World, "vault">) => vault.reauthenticate("c")],
    ["relink", async ({ vault }: Pick<World, "vault">) => vault.relink("X", "c://y")],
  ])("%s in the same turn, and while a plugin is loaded", async (_what, call) => {
    const here = world();
    const got = failing(call(here));
    await here.vault.close();
    expect((await got).code).toBe("aborted");
    const there = loading();
    const late = failing(call(there));
    await settle();
    await there.vault.close();
    there.load();
    expect((await late).code).toBe("aborted");
    await settle();
    expect([here.remote.opens.length, there.remote.opens.length]).toEqual([0, 0]);
  });

  it("a disconnect while a plugin is loaded beats the sign-in before it", async () => {
    const { vault, remote, load } = loading();
    const signIn = failing(vault.reauthenticate("c"));
    await settle();
    await vault.disconnect("c");
    load();
    expect((await signIn).details.reason).toBe("disconnected");
    expect(remote.opens).toHaveLength(0);
  });
});

describe("signing in again", () => {
  it("looks at the environment anew, and ends the session of before (C4, R6)", async () => {
    const env: Record<string, string> = { TOKEN: "vlcanary-1" };
    const here = world({ envVariables: ["TOKEN"], env });
    const { remote, vault } = here;
    remote.login = obtained(here, "A");
    await vault.get("X");
    env["TOKEN"] = "vlcanary-2";
    remote.login = failure("unauthenticated");
    expect((await failing(vault.reauthenticate("c"))).code).toBe("unauthenticated");
    expect((await vault.get("X")).provenance.source).toBe("cache");
    remote.login = obtained(here, "B");
    expect(await vault.reauthenticate("c")).toEqual({ identity: "B" });
    expect(remote.opening.context.env).toEqual({ TOKEN: "vlcanary-2" });
    await settle();
    expect(remote.log).toEqual(["revoke A", "close A"]);
    expect((await vault.get("X")).provenance.source).toBe("vault");
    expect(vault.status().connections[0]?.identity).toBe("B");
  });

  it.each([
    ["with a person", { prompter: person() }, true],
    ["without", {}, true],
    ["where what is found will do", { prompter: person(), useFound: true }, undefined],
  ])("says so to the provider, %s (C5)", async (_what, options, said) => {
    const { remote, vault } = world();
    await vault.get("X");
    expect(remote.opening.context.reauthenticate).toBe(undefined);
    await vault.reauthenticate("c", options);
    expect(remote.opening.context.reauthenticate).toBe(said);
  });

  it("asks although the credential of the environment was refused, and keeps the old session until then (C5)", async () => {
    const here = world();
    const { remote, vault } = here;
    const somebody = person();
    const { provider } = remote;
    const asking = {
      ...provider,
      open: async (context: Parameters<typeof provider.open>[0]) => {
        if (context.reauthenticate && context.prompter) await context.prompter.ask({ label: "Token", secret: true });
        else throw failure("unauthenticated");
        return remote.session({ identity: "A" });
      },
    };
    const own = createVault({ connections: { c: asking }, env: { TOKEN: "vlcanary-old" }, clock: here.clock });
    expect((await failing(own.get("c://x"))).code).toBe("unauthenticated");
    expect(await own.reauthenticate("c", { prompter: somebody })).toEqual({ identity: "A" });
    expect(somebody.questions).toBe(1);
    await vault.close();
  });
});

describe("sessions that others replace are revoked too (R6)", () => {
  it.each([
    ["signing in again", async ({ vault }: World) => void (await vault.reauthenticate("c"))],
    ["what is opened in time", async ({ vault, clock }: World) => (await vault.get("X"), clock.pass(50 * MINUTE))],
  ])("by %s", async (_what, replace) => {
    const here = world();
    const { clock, remote, vault } = here;
    remote.login = obtained(here, "A", { expiresAt: clock.epochMs() + HOUR });
    await vault.get("X");
    remote.login = obtained(here, "A", { expiresAt: clock.epochMs() + 2 * HOUR });
    await replace(here);
    await settle();
    expect(remote.log).toEqual(["revoke A", "close A"]);
    expect(await vault.disconnect("c")).toMatchObject({ remote: "revoked" });
    expect(remote.log).toEqual(["revoke A", "close A", "revoke A", "close A"]);
  });

  it("a disconnect says what is left of one that could not be revoked, until that lapses", async () => {
    const here = world();
    const { clock, remote, vault } = here;
    const expiresAt = clock.epochMs() + HOUR;
    remote.login = { identity: "A", expiresAt, revoke: async () => Promise.reject(failure("unavailable")) };
    await vault.get("X");
    remote.login = obtained(here, "A");
    await vault.reauthenticate("c");
    await settle();
    expect(await vault.disconnect("c")).toMatchObject({ remote: "not-revoked", expiresAt });
    await vault.reauthenticate("c");
    await clock.pass(HOUR);
    expect(await vault.disconnect("c")).toMatchObject({ remote: "revoked" });
  });

  it("a login that a person gave is revoked at the end of its time here; credentials that are dead are not", async () => {
    const here = world();
    const { clock, remote, vault } = here;
    remote.login = obtained(here, "A", { expiresAt: clock.epochMs() + MINUTE });
    await vault.get("X");
    remote.login = failure("unauthenticated");
    await clock.pass(2 * MINUTE);
    expect(remote.log).toEqual(["close A"]);
    const signedIn = createVault({
      connections: {
        c: {
          ...{ provider: "scripted", options: {}, maxSession: 10 },
          load: async () =>
            ({
              ...{ specVersion: 1, name: "scripted" },
              options: { "~standard": { validate: (value: unknown) => ({ value }) } },
              create: () => remote.provider,
            }) as unknown as Plugin,
        },
      },
      ...{ env: {}, clock },
    });
    remote.asks = true;
    remote.login = obtained(here, "B");
    await signedIn.reauthenticate("c", { prompter: person() });
    await clock.pass(10 * MINUTE);
    expect(remote.log).toEqual(["close A", "revoke B", "close B"]);
  });
});

describe("late answers change nothing that is newer (R21)", () => {
  it("a waiter at a disconnect after a cut renewal is told of the disconnect", async () => {
    const { clock, remote, vault } = world();
    remote.login = {
      identity: "A",
      expiresAt: clock.epochMs() + MINUTE,
      renew: async () => new Promise(() => undefined),
    };
    await vault.get("X");
    remote.opensByHand = true;
    await clock.pass(MINUTE);
    const waiting = watched(vault.get("X"));
    await settle();
    await vault.disconnect("c");
    await settle();
    expect(waiting.error).toMatchObject({ code: "unresolved", details: { reason: "disconnected" } });
  });

  it.each([
    ["a relink", async ({ vault }: World) => vault.relink("X", "c://y", { verify: false })],
    ["a reset of the name", async ({ vault }: World) => void vault.reset({ name: "X" })],
    ["a reset of all", async ({ vault }: World) => void vault.reset()],
  ])("a `get` that fails after %s says nothing of the link as it is now", async (_what, change) => {
    const here = world({ byHand: true });
    const got = failing(here.vault.get("X"));
    await settle();
    const { reading } = here.remote;
    await change(here);
    reading.fail(failure("denied"));
    expect((await got).code).toBe("denied");
    expect(here.vault.status().links[0]).toMatchObject({ state: "unknown" });
  });

  it("nor is what it refused remembered once somebody signed in again", async () => {
    const here = world({ byHand: true });
    const got = failing(here.vault.get("X"));
    await settle();
    const { reading } = here.remote;
    await here.vault.reauthenticate("c");
    reading.fail(failure("not_found"));
    await got;
    here.remote.byHand = false;
    expect(await here.text("X")).toBe("vlcanary-x-1");
    await here.clock.pass(SECOND);
  });
});
