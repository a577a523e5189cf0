import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failing, failure, HOUR, MINUTE, person, SECOND, settle, world } from "./fixture.ts";

const CALLS = ["read", "open", "state", "cache", "retry"];
const LIFE = ["created", "renewed", "rotated", "expired", "disconnected"];
const CHANNELS = [...CALLS, ...LIFE].map((name) => `vaultlink:${name}`);
/** All that an event may say. */
const WHITELIST = new Set(["connection", "provider", "code", "source", "state", "attempt", "items", "durationMs"]);

type Heard = { readonly channel: string } & Readonly<Record<string, unknown>>;
let heard: Heard[] = [];

function listen(message: unknown, channel: string | symbol): void {
  heard.push({ channel: String(channel).slice("vaultlink:".length), ...(message as object) });
}

beforeEach(() => {
  heard = [];
  for (const channel of CHANNELS) subscribe(channel, listen);
});
afterEach(() => {
  for (const channel of CHANNELS) unsubscribe(channel, listen);
});

const on = (channel: string): Heard[] => heard.filter((event) => event.channel === channel);

/** Does most of what can be done, with names, paths, identities and values that tell themselves. */
async function everything(): Promise<void> {
  const links = {
    "vlcanary-NAME": "c://vlcanary-path?vlcanary-q=vlcanary-v#vlcanary-field",
    DOWN: "c://vlcanary-down",
  };
  const { vault, remote, clock } = world({
    links,
    cache: { staleOnError: 30 },
    envVariables: ["TOKEN"],
    env: { TOKEN: "vlcanary-token" },
  });
  remote.login = remote.batching({ identity: "vlcanary-identity", expiresAt: clock.epochMs() + 90 * MINUTE });
  remote.holds.set("vlcanary-path", { "vlcanary-field": "vlcanary-value" }).set("vlcanary-down", "vlcanary-value");
  remote.asks = true;
  await vault.reauthenticate("c", { prompter: person() });
  await vault.getMany(["vlcanary-NAME", "DOWN"]);
  await vault.get("vlcanary-NAME");
  remote.holds.set(
    "vlcanary-down",
    failure("unavailable", { hint: "vlcanary-hint", native: { requestId: "vlcanary-id" } }),
  );
  await clock.pass(HOUR);
  const stale = vault.get("DOWN");
  await clock.pass(5 * SECOND);
  await stale;
  await failing(vault.get("c://vlcanary-gone"));
  await clock.pass(HOUR);
  await failing(vault.get("vlcanary-NAME"));
  remote.login = failure("denied", { hint: "vlcanary-hint" });
  await failing(vault.reauthenticate("c"));
  await vault.disconnect("c");
  await vault.close();
}

describe("what diagnostics channels say", () => {
  it("is on the list, and never a path, a name, an identity or a value", async () => {
    await everything();
    expect(new Set(heard.map(({ channel }) => channel))).toEqual(new Set([...CALLS, "expired", "disconnected"]));
    for (const { channel: _, ...event } of heard) {
      expect(Object.keys(event).filter((key) => !WHITELIST.has(key))).toEqual([]);
      expect(event).toMatchObject({ connection: "c", provider: "scripted" });
      const kinds = Object.values(event).map((value) => typeof value);
      expect(kinds.filter((kind) => !["string", "number", "undefined"].includes(kind))).toEqual([]);
    }
    expect(JSON.stringify(heard).includes("vlcanary-"), "something that tells itself").toBe(false);
  });

  it("of a read: how long it took and for how many documents, or what it failed with", async () => {
    const { vault, remote, clock } = world({ byHand: true });
    const waiting = vault.get("X");
    await clock.pass(3 * SECOND);
    remote.reading.respond("vlcanary-x-1");
    await waiting;
    const refused = failing(vault.get("Y"));
    await settle();
    remote.reading.fail(failure("denied"));
    await refused;
    expect(on("read")).toMatchObject([
      { source: "vault", items: 1, durationMs: 3 * SECOND, code: undefined },
      { items: 1, durationMs: 0, code: "denied" },
    ]);
  });

  it("of a batch: one read of several documents", async () => {
    const { vault, remote } = world();
    remote.login = remote.batching();
    await vault.getMany(["X", "Y"]);
    expect(on("read")).toMatchObject([{ items: 2 }]);
  });

  it("of the cache: a hit, and a stale value with its cause", async () => {
    const { vault, remote, clock } = world({ cache: { staleOnError: 30 } });
    await vault.get("X");
    await vault.get("X");
    remote.holds.set("x", failure("unavailable", { retryAfterMs: Infinity }));
    await clock.pass(HOUR);
    await vault.get("X");
    expect(on("cache")).toMatchObject([{ source: "cache" }, { source: "stale", code: "unavailable" }]);
  });

  it("of an opening: how long it took, or why it was refused", async () => {
    const { vault, remote, clock } = world({ opensByHand: true });
    const waiting = vault.get("X");
    await clock.pass(2 * SECOND);
    remote.opening.respond({ identity: "A" });
    await waiting;
    const refused = failing(vault.reauthenticate("c"));
    await settle();
    remote.opening.fail(failure("unauthenticated"));
    await refused;
    expect(on("open")).toMatchObject([{ durationMs: 2 * SECOND }, { code: "unauthenticated" }]);
  });

  it("of a connection: every state it comes to, once", async () => {
    const { vault, remote, clock } = world();
    remote.login = { identity: "A", expiresAt: clock.epochMs() + MINUTE };
    await vault.get("X");
    remote.login = failure("denied");
    await clock.pass(MINUTE);
    await failing(vault.get("X"));
    await vault.disconnect("c");
    await vault.close();
    expect(on("state").map(({ state }) => state)).toEqual([
      "opening",
      "ready",
      "expired",
      "opening",
      "failed",
      "disconnected",
      "closed",
    ]);
  });

  it("of a retry: which attempt failed, and with what", async () => {
    const { vault, remote, clock } = world();
    remote.holds.set("x", failure("unavailable"));
    const waiting = failing(vault.get("X"));
    await clock.pass(5 * SECOND);
    await waiting;
    expect(on("retry")).toMatchObject([
      { attempt: 1, code: "unavailable" },
      { attempt: 2, code: "unavailable" },
    ]);
  });
});

describe("the life of credentials", () => {
  const told = (): string[] => heard.map(({ channel }) => channel).filter((channel) => LIFE.includes(channel));

  it("created: a read made the vault create one", async () => {
    const { vault, remote, clock } = world();
    const document = { value: "vlcanary-x-1", lease: "vlcanary-lease", expiresAt: clock.epochMs() + MINUTE };
    remote.holds.set("x", { document });
    await vault.get("X");
    await vault.get("X");
    expect(on("created")).toEqual([{ channel: "created", connection: "c", provider: "scripted" }]);
  });

  it("renewed: by a renewal, and by another login before they expired", async () => {
    const { vault, remote, clock } = world();
    const life = (): number => clock.epochMs() + HOUR;
    remote.login = { identity: "A", expiresAt: life(), renew: async () => life() };
    await vault.get("X");
    await clock.pass(50 * MINUTE);
    expect(told()).toEqual(["renewed"]);
    await vault.reauthenticate("c");
    expect(told()).toEqual(["renewed", "renewed"]);
  });

  it("rotated: a read found another version, whoever asked", async () => {
    const { vault, remote } = world();
    remote.holds.set("x", { document: { value: "vlcanary-x-1", version: "1" } });
    await vault.get("X");
    await vault.get("X", { refresh: true });
    expect(told()).toEqual([]);
    remote.holds.set("x", { document: { value: "vlcanary-x-2", version: "2" } });
    await Promise.all([vault.get("X", { refresh: true }), vault.get("X", { refresh: true })]);
    expect(told()).toEqual(["rotated"]);
  });

  it("expired: by the clock, and when the vault accepts them no longer", async () => {
    const { vault, remote, clock } = world();
    remote.login = { identity: "A", expiresAt: clock.epochMs() + HOUR };
    await vault.reauthenticate("c", { prompter: person() });
    await vault.get("X");
    remote.login = failure("unauthenticated");
    await clock.pass(2 * HOUR);
    expect(on("expired")).toEqual([
      { channel: "expired", connection: "c", provider: "scripted", code: "unauthenticated" },
    ]);
  });

  it("disconnected: by its user, and not by closing the vault", async () => {
    const { vault } = world();
    await vault.get("X");
    await vault.disconnect("c");
    expect(told()).toEqual(["disconnected"]);
    const other = world();
    await other.vault.get("X");
    await other.vault.close();
    expect(told()).toEqual(["disconnected"]);
  });
});
