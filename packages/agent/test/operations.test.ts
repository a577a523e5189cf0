import { describe, expect, it } from "vitest";
import { isSecretError } from "@vaultlink/core";
import { answering, texts, vaultWorld } from "./vaults.ts";

const TOKEN = { TOKEN: "vlcanary-right" };
const MINUTE = 60_000;

describe("values", () => {
  it("come from the vault once, for whichever client of the same environment", async () => {
    const { client, remote } = await vaultWorld();
    expect(await texts(await client(TOKEN), { names: ["X", "Y"] })).toEqual(["vlcanary-x", "vlcanary-y"]);
    expect(await texts(await client(TOKEN), { names: ["X", "mem://y"] })).toEqual(["vlcanary-x", "vlcanary-y"]);
    expect(remote.log).toEqual(["open", "read x", "read y"]);
  });

  it("come with where they came from, and failures with their code", async () => {
    const { client } = await vaultWorld();
    const asking = await client(TOKEN);
    await asking.ask("resolve", { names: ["X"] });
    const { items } = await asking.ask("resolve", { names: ["X", "mem://none"] });
    expect(items).toMatchObject([
      { name: "X", ok: true, source: "cache", ageMs: 0 },
      { name: "mem://none", ok: false, error: { code: "not_found", connection: "mem" } },
    ]);
  });

  it("are kept for the TTL of the configuration, and it counts at once when it changes", async () => {
    const { client, clock, remote, write } = await vaultWorld();
    const asking = await client(TOKEN);
    const links = { X: "mem://x" };
    await texts(asking, { names: ["X"] });
    clock.advance(60 * MINUTE - 1);
    await texts(asking, { names: ["X"] });
    expect(remote.log).toEqual(["open", "read x"]);
    clock.advance(1);
    await texts(asking, { names: ["X"] });
    expect(remote.log).toEqual(["open", "read x", "read x"]);
    write({ connections: { mem: {} }, links, cache: { ttl: 5 } });
    clock.advance(5 * MINUTE);
    expect(await asking.ask("ttl")).toMatchObject({ ttl: 5 });
    await texts(asking, { names: ["X"] });
    expect(remote.log).toHaveLength(4);
  });

  it("are withheld once the credentials have expired, and each link says so", async () => {
    const { client, clock, remote } = await vaultWorld();
    remote.lifeMs = 5000;
    const asking = await client();
    await asking.ask("open", { connection: "mem", interactive: true }, answering("vlcanary-right"));
    expect(await texts(asking, { names: ["X"] })).toEqual(["vlcanary-x"]);
    clock.advance(5000);
    expect(await texts(asking, { names: ["X"] })).toEqual(["unauthenticated"]);
    expect(await asking.ask("status")).toMatchObject({
      connections: [{ name: "mem", state: "expired" }],
      links: [
        { name: "X", state: "unresolved", reason: "expired" },
        { name: "Y", state: "unresolved", reason: "expired" },
      ],
    });
  });

  it("go with a reset", async () => {
    const { client, remote } = await vaultWorld();
    const asking = await client(TOKEN);
    await texts(asking, {});
    expect(await asking.ask("reset", { name: "X" })).toMatchObject({ dropped: 1 });
    expect(await asking.ask("reset", { connection: "mem" })).toMatchObject({ dropped: 1 });
    await texts(asking, {});
    expect(await asking.ask("reset")).toMatchObject({ dropped: 2 });
    expect(remote.log.filter((line) => line === "open")).toHaveLength(1);
  });
});

describe("a reset of a name of a vault's own identifier", () => {
  it("drops what another place read, before this one has read anything", async () => {
    const connections = { mem: {} };
    const { client, write } = await vaultWorld({ connections, links: { A: "memory:x" } });
    const asking = await client(TOKEN);
    await texts(asking, { names: ["A"] });
    write({ connections, links: { A: "memory:x", B: "memory:x" } });
    expect(await asking.ask("reset", { name: "B" })).toMatchObject({ dropped: 1 });
    expect(await asking.ask("resolve", { names: ["B"] })).toMatchObject({ items: [{ ok: true, source: "vault" }] });
  });
});

describe("the environment of a client", () => {
  it("is asked for what the connections declare, and nothing else of it is sent", async () => {
    const { client, remote } = await vaultWorld();
    const env = { ...TOKEN, MEM_ROLE: "r", MEMORY: "no", OTHER: "no", PATH: "/bin" };
    await texts(await client(env), { names: ["X"] });
    expect(remote.seen).toEqual([{ TOKEN: "vlcanary-right", MEM_ROLE: "r" }]);
  });

  it("makes sessions of its own, with values of their own", async () => {
    const { client, remote } = await vaultWorld();
    const one = await client(TOKEN);
    const other = await client({ TOKEN: "vlcanary-right-of-another" });
    await texts(one, { names: ["X"] });
    remote.values.set("x", "vlcanary-x-of-another");
    expect(await texts(other, { names: ["X"] })).toEqual(["vlcanary-x-of-another"]);
    expect(await texts(one, { names: ["X"] })).toEqual(["vlcanary-x"]);
    expect(await texts(await client(), { names: ["X"] })).toEqual(["unauthenticated"]);
    expect(await one.ask("status")).toMatchObject({ connections: [{ identity: "somebody" }] });
    expect(await other.ask("status")).toMatchObject({ connections: [{ identity: "somebody else" }] });
  });
});

describe("a person", () => {
  it("is asked at the client that needs it, and told for which connection", async () => {
    const { client, remote } = await vaultWorld();
    const person = answering("vlcanary-right");
    expect(await texts(await client(), { names: ["X"], interactive: true }, person)).toEqual(["vlcanary-x"]);
    expect(person.asked).toEqual([{ connection: "mem", ask: { label: "Token", secret: true } }]);
    expect(await texts(await client(), { names: ["Y"] })).toEqual(["vlcanary-y"]);
    expect(remote.log).toEqual(["open", "open", "read x", "read y"]);
  });

  it("is not asked by a client that has none", async () => {
    const { client } = await vaultWorld();
    const person = answering("vlcanary-right");
    expect(await texts(await client(), { names: ["X"] }, person)).toEqual(["unauthenticated"]);
    expect(person.asked).toEqual([]);
  });

  it.each([
    ["resolve", { names: ["X"], interactive: true }],
    ["open", { connection: "mem", interactive: true }],
  ] as const)("who declines ends the request, and is not asked again: %s", async (operation, request) => {
    const { client } = await vaultWorld();
    let asked = 0;
    const onPrompt = (): Promise<string> => {
      asked++;
      return Promise.reject(new Error("no"));
    };
    const asking = (await client()).ask(operation, request, { onPrompt });
    expect(await asking.catch((error: unknown) => isSecretError(error) && error.code)).toBe("aborted");
    expect(asked).toBe(1);
  });

  it("of two that need the same sign-in is asked once, and both go on", async () => {
    const { client, remote } = await vaultWorld();
    const { promise, resolve: open } = Promise.withResolvers<void>();
    const [one, other] = [answering("vlcanary-right"), answering("vlcanary-right")];
    const [first, second] = [await client(), await client()];
    remote.gate = promise;
    const asking = [
      texts(first, { names: ["X"], interactive: true }, one),
      texts(second, { names: ["X"], interactive: true }, other),
    ];
    open();
    expect(await Promise.all(asking)).toEqual([["vlcanary-x"], ["vlcanary-x"]]);
    expect(one.asked.length + other.asked.length).toBe(1);
  });

  it("whose terminal goes away leaves the question to the other one", async () => {
    const { client } = await vaultWorld();
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const first = await client();
    const silent = { onPrompt: () => new Promise<string>(() => ask()) };
    const lost = texts(first, { names: ["X"], interactive: true }, silent).catch(() => "lost");
    await asked;
    const other = answering("vlcanary-right");
    const second = texts(await client(), { names: ["X"], interactive: true }, other);
    first.close();
    expect(await second).toEqual(["vlcanary-x"]);
    expect(other.asked).toHaveLength(1);
    expect(await lost).toBe("lost");
  });
});

describe("configuration", () => {
  it("is read again only when a file has changed", async () => {
    const { client, loads, write } = await vaultWorld();
    const asking = await client(TOKEN);
    await texts(asking, { names: ["X"] });
    const before = loads();
    await texts(asking, { names: ["X"] });
    expect(loads()).toBe(before);
    write({ connections: { mem: {} }, links: { X: "mem://y" } });
    expect(await texts(asking, { names: ["X"] })).toEqual(["vlcanary-y"]);
  });

  it("that changes a connection ends the session before, and only that one", async () => {
    const { client, remote, write } = await vaultWorld({
      connections: { mem: {}, two: {} },
      links: { X: "mem://x", Y: "two://y" },
    });
    const asking = await client(TOKEN);
    await texts(asking, {});
    write({ connections: { mem: { url: "elsewhere" }, two: {} }, links: { X: "mem://x", Y: "two://y" } });
    await texts(asking, {});
    expect(remote.log.filter((line) => line === "close")).toHaveLength(1);
    expect(remote.log.filter((line) => line === "read y")).toHaveLength(1);
    expect(remote.log.filter((line) => line === "read x")).toHaveLength(2);
  });

  it("that wants no agent is obeyed", async () => {
    const { client } = await vaultWorld({ isWanted: false });
    const refused = await (await client()).ask("status").catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "unavailable", details: { reason: "agent-off" } });
  });
});

describe("a connection that is not in the configuration yet", () => {
  it("is opened, and stays open for the configuration that has it then", async () => {
    const { client, clock, remote, write } = await vaultWorld({ links: { X: "mem://x" } });
    const asking = await client();
    const proposed = { provider: "memory", options: { url: "u" } };
    const opened = await asking.ask("open", { connection: "mem", proposed, credentials: { token: "vlcanary-right" } });
    expect(opened).toMatchObject({ identity: "somebody", byPerson: true });
    expect(await texts(asking, { names: ["X"] })).toEqual(["unresolved"]);
    write({ connections: { mem: { url: "u" } }, links: { X: "mem://x" } });
    await asking.ask("ttl");
    clock.advance(2 * MINUTE);
    expect(await texts(asking, { names: ["X"] })).toEqual(["vlcanary-x"]);
    expect(remote.log.filter((line) => line === "open")).toHaveLength(1);
  });

  it("is closed where none has it", async () => {
    const { client, clock, remote } = await vaultWorld({});
    const proposed = { provider: "memory", options: {} };
    const request = { connection: "mem", proposed, credentials: { token: "vlcanary-right" } };
    await (await client()).ask("open", request);
    clock.advance(MINUTE);
    await expect.poll(() => remote.log).toEqual(["open", "close"]);
  });
});

describe("logging out", () => {
  it("ends sessions and drops values, of one connection or of all", async () => {
    const { client, remote } = await vaultWorld();
    const asking = await client(TOKEN);
    for (const scope of [{ connection: "mem" }, {}]) {
      await texts(asking, { names: ["X"] });
      expect(await asking.ask("logout", scope)).toMatchObject({ connections: [{ connection: "mem", dropped: 1 }] });
    }
    expect(remote.log).toEqual(["open", "read x", "close", "open", "read x", "close"]);
  });
});
