import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, outcomes, person, Remote, SECOND, settle, world } from "../fixture.ts";

describe("one document", () => {
  it("two fields of it are one read and one value kept", async () => {
    const { vault, remote } = world({ links: { U: "c://x#user", P: "c://x#password", N: "c://x#/db/port" } });
    remote.holds.set("x", { user: "vlcanary-user", password: "vlcanary-password", db: { port: 5432 } });
    expect(outcomes(await vault.getMany(["U", "P", "N"]))).toEqual(["vlcanary-user", "vlcanary-password", "5432"]);
    expect(remote.reads).toHaveLength(1);
    expect(vault.status().cache.entries).toBe(1);
  });

  it("neither the link's name nor the way its reference is written counts", async () => {
    const links = { A: "c://pro%64/db?stage=one&version=3", B: "c://prod/db?version=3&stage=one" };
    const { vault, remote } = world({ links });
    remote.holds.set("prod/db", "vlcanary-db");
    await vault.getMany(["A", "B"]);
    await vault.get("c://prod/db?%76ersion=3&stage=one");
    expect(remote.reads).toHaveLength(1);
  });

  it.each([
    ["another path", "c://a/b", "c://a/c"],
    ["another version", "c://a?version=1", "c://a?version=2"],
    ["a qualifier more", "c://a", "c://a?version=1"],
    ["an empty qualifier", "c://a?v=", "c://a"],
    ["qualifiers that swap their values", "c://a?x=1&y=2", "c://a?x=2&y=1"],
    ["a path that imitates a qualifier", "c://a%3Fv=1", "c://a?v=1"],
    ["a qualifier that imitates two", "c://a?x=1%26y=2", "c://a?x=1&y=2"],
    ["another case", "c://DB", "c://db"],
    ["another Unicode form of the same letter", "c://caf\u00E9", "c://cafe\u0301"],
    ["lengths that run into each other", "c://a?1=1:b", "c://a?1=1&b="],
  ])("is another one: %s", async (_what, one, other) => {
    const { vault, remote } = world();
    remote.login = {
      read: async (locator) => ({ value: `vlcanary-${locator.path}?${JSON.stringify(locator.query)}` }),
    };
    const [first, second] = outcomes(await vault.getMany([one, other]));
    expect(first).not.toBe(second);
    expect(vault.status().cache.entries).toBe(2);
    expect(outcomes(await vault.getMany([one, other]))).toEqual([first, second]);
  });
});

describe("two identities", () => {
  it("E15: of one connection never share a value", async () => {
    const { remote, text } = world({ envVariables: ["TOKEN"] });
    const asA = { env: { TOKEN: "vlcanary-token-a" } };
    const asB = { env: { TOKEN: "vlcanary-token-b" } };
    remote.login = { identity: "A", read: async () => ({ value: "vlcanary-of-a" }) };
    expect(await text("X", asA)).toBe("vlcanary-of-a");
    remote.login = { identity: "B", read: async () => ({ value: "vlcanary-of-b" }) };
    expect(await text("X", asB)).toBe("vlcanary-of-b");
    expect([await text("X", asA), await text("X", asB)]).toEqual(["vlcanary-of-a", "vlcanary-of-b"]);
    expect(remote.opens).toHaveLength(2);
  });

  it("the variables are part of the key though the identity be the same", async () => {
    const { vault, remote } = world({ envVariables: ["REGION"] });
    await vault.get("X", { env: { REGION: "one" } });
    await vault.get("X", { env: { REGION: "two" } });
    expect(remote.reads).toHaveLength(2);
    expect(remote.opens.map(({ context }) => ({ ...context.env }))).toEqual([{ REGION: "one" }, { REGION: "two" }]);
  });

  it("variables the provider does not read are neither lent nor part of the key", async () => {
    const { vault, remote } = world({ envVariables: ["AWS_*", "TOKEN"], env: { TOKEN: "vlcanary-t", OTHER: "1" } });
    await vault.get("X");
    await vault.get("X", { env: { TOKEN: "vlcanary-t", OTHER: "2", AWS: "no" } });
    expect(remote.reads).toHaveLength(1);
    await vault.get("X", { env: { TOKEN: "vlcanary-t", AWS_REGION: "yes" } });
    expect({ ...remote.opening.context.env }).toEqual({ TOKEN: "vlcanary-t", AWS_REGION: "yes" });
    expect(remote.reads).toHaveLength(2);
  });

  it("programs started for credentials get every variable but ours, and it is no part of the key", async () => {
    const env = { TOKEN: "vlcanary-t", LANG: "C", VAULTLINK_X: "ours", Vaultlink_y: "ours" };
    const { vault, remote } = world({ envVariables: ["TOKEN"], env });
    await vault.get("X");
    await vault.get("X", { env: { TOKEN: "vlcanary-t", LANG: "de" } });
    expect([remote.opens.length, remote.reads.length]).toEqual([1, 1]);
    const theirs = { TOKEN: "vlcanary-t", LANG: "C" };
    const contexts = [remote.opens[0]?.context, remote.reads[0]?.context];
    expect(contexts.map((context) => context?.programEnv)).toEqual([theirs, theirs]);
    expect(contexts.map((context) => ({ ...context?.env }))).toEqual([
      { TOKEN: "vlcanary-t" },
      { TOKEN: "vlcanary-t" },
    ]);
  });

  it("a changed variable is seen when a session has to be opened (decision 5)", async () => {
    const env: Record<string, string> = { TOKEN: "vlcanary-token-a" };
    const { vault, remote, clock, text } = world({ envVariables: ["TOKEN"], env });
    remote.login = { identity: "A", expiresAt: clock.epochMs() + MINUTE };
    await text("X");
    env["TOKEN"] = "vlcanary-token-b";
    remote.login = { identity: "B" };
    remote.holds.set("x", "vlcanary-of-b");
    clock.jump(MINUTE);
    expect(await text("X")).toBe("vlcanary-of-b");
    expect(vault.status().connections[0]?.identity).toBe("B");
  });

  it("connections never share, not even of one provider and one identity", async () => {
    const remote = new Remote();
    remote.holds.set("x", "vlcanary-x-1");
    const { vault } = world({
      connections: { a: remote.provider, b: remote.provider },
      links: { A: "a://x", B: "b://x" },
    });
    await vault.getMany(["A", "B"]);
    expect(remote.reads).toHaveLength(2);
    expect(vault.reset({ connection: "a" })).toBe(1);
    expect((await vault.get("B")).provenance.source).toBe("cache");
  });

  it("two vaults share nothing", async () => {
    const remote = new Remote();
    remote.holds.set("x", "vlcanary-x-1");
    const vaults = [1, 2].map(() => world({ connections: { c: remote.provider } }).vault);
    for (const vault of vaults) await vault.get("X");
    expect(remote.reads).toHaveLength(2);
  });

  it("whoever the vault does not name is somebody else each time", async () => {
    const { vault, remote, text } = world({ login: {} });
    await text("X");
    await vault.reauthenticate("c");
    expect(vault.status()).toMatchObject({ cache: { entries: 0 } });
    expect(vault.status().connections[0]).not.toHaveProperty("identity");
    await text("X");
    expect(remote.reads).toHaveLength(2);
  });

  it("nor can an identity be chosen that imitates one that is unknown", async () => {
    const { vault, remote, text } = world({ login: {} });
    await text("X");
    remote.login = { identity: "#1" };
    await vault.reauthenticate("c");
    remote.holds.set("x", "vlcanary-x-of-another");
    expect(await text("X")).toBe("vlcanary-x-of-another");
  });
});

describe("callers with environments of their own", () => {
  it("at most four per connection are kept; the least recently used is closed", async () => {
    const { vault, remote } = world({ envVariables: ["TOKEN"] });
    const as = (who: number) => vault.get("X", { env: { TOKEN: `vlcanary-token-${who}` } });
    for (const who of [1, 2, 3, 4]) {
      remote.login = { identity: `caller-${who}` };
      await as(who);
    }
    await as(1);
    remote.login = { identity: "caller-5" };
    await as(5);
    await settle();
    expect(remote.log).toEqual(["close caller-2"]);
    expect((await as(1)).provenance.source).toBe("cache");
  });

  it("the vault's own is in use though it is not asked for by name: it is not the one that is closed", async () => {
    const { vault, remote } = world({ envVariables: ["TOKEN"], login: { identity: "own" } });
    await vault.get("X");
    for (const who of [1, 2, 3, 4]) {
      remote.login = { identity: `caller-${who}` };
      await vault.get("X", { env: { TOKEN: `vlcanary-token-${who}` } });
      await vault.get("X");
    }
    await settle();
    expect(remote.log).toEqual(["close caller-1"]);
    expect((await vault.get("X")).provenance.source).toBe("cache");
  });

  it("one signing in does not open the door for another", async () => {
    const { vault, remote, code } = world({ envVariables: ["TOKEN"] });
    remote.asks = true;
    await vault.reauthenticate("c", { prompter: person(), env: { TOKEN: "vlcanary-token-1" } });
    remote.opensByHand = true;
    const other = code("X", { env: { TOKEN: "vlcanary-token-2" }, deadlineMs: SECOND });
    await settle();
    expect(remote.opens).toHaveLength(2);
    remote.opening.fail(new Error("no"));
    expect(await other).toBe("internal");
  });

  it("keeps their values as long as any other", async () => {
    const { vault, clock } = world({ envVariables: ["TOKEN"] });
    const env = { TOKEN: "vlcanary-token-1" };
    await vault.get("X", { env });
    await clock.pass(HOUR - 1);
    expect((await vault.get("X", { env })).provenance.source).toBe("cache");
    await clock.pass(1);
    expect((await vault.get("X", { env })).provenance.source).toBe("vault");
  });
});
