import { describe, expect, it } from "vitest";
import { type Plugin, SecretError } from "../../src/index.ts";
import { failing, settle, world } from "../fixture.ts";
import { definition, plugin, remote, type Options } from "./native-plugin.ts";

describe("what a name leads to", () => {
  it("a reference is accepted wherever a name is, and shares what is kept", async () => {
    const { vault, text } = world();
    await text("X");
    expect((await vault.get("c://x")).provenance.source).toBe("cache");
  });

  it("a name wins over what else it could be", async () => {
    const { vault, text } = world({ links: { "native:eu:x": "c://y" } });
    expect(await text("native:eu:x")).toBe("vlcanary-y-1");
    expect(vault.status().links[0]?.state).toBe("resolved");
  });

  it("a mistyped name is told the nearest one", async () => {
    const { vault } = world({ links: { DB_PASSWORD: "c://x" } });
    const error = await failing(vault.get("DB_PASWORD"));
    expect(error.message).toContain("did you mean DB_PASSWORD?");
    expect(error.details).toMatchObject({ reason: "unlinked", hint: "vaultlink get DB_PASSWORD" });
  });

  it("a mistyped connection is told the nearest one, and the command that makes another", async () => {
    const { vault } = world({ connections: { "aws-prod": remote().provider }, links: {} });
    const error = await failing(vault.get("aws-prd://x"));
    expect(error.message).toContain("did you mean aws-prod?");
    expect(error.details).toMatchObject({
      reason: "unknown-connection",
      hint: "vaultlink connect",
    });
  });
});

describe("a vault's own identifier", () => {
  it("leads to the one connection that recognises it", async () => {
    const [eu, us] = [remote(), remote()];
    us.holds.set("x", "vlcanary-x-us");
    const connections = {
      eu: definition(plugin(eu), { region: "eu" }),
      us: definition(plugin(us), { region: "us" }),
      other: remote().provider,
    };
    const { text, vault } = world({ connections, links: { X: "native:us:x" } });
    expect(await text("X")).toBe("vlcanary-x-us");
    expect(await text("native:eu:x")).toBe("vlcanary-x-1");
    expect((await vault.get("us://x")).provenance.source, "it is the same document").toBe("cache");
  });

  it("names a field of its own, or is followed by one", async () => {
    const { text } = world({ connections: { c: definition(plugin(remote())) }, links: {} });
    expect(await text("native:eu:db:user")).toBe("vlcanary-user");
    expect(await text("native:eu:db#password")).toBe("vlcanary-password");
    expect(await text("native:eu:db:user#/password")).toBe("vlcanary-password");
  });

  it("that two connections recognise is ambiguous, and not guessed (B3)", async () => {
    const connections = { a: definition(plugin(remote())), b: definition(plugin(remote()), { region: "eu" }) };
    const { code, text } = world({ connections, links: {} });
    expect(await code("native:eu:x")).toBe("ambiguous");
    expect(await text("native:us:x"), "only one of them has no region of its own").toBe("vlcanary-x-1");
  });

  it("that none recognises is unresolved", async () => {
    const { vault } = world({ connections: { c: definition(plugin(remote()), { region: "eu" }) }, links: {} });
    for (const name of ["arn:aws:x", "https://vault.example/x"]) {
      expect(await failing(vault.get(name))).toMatchObject({
        code: "unresolved",
        details: { reason: "unknown-connection" },
      });
    }
  });

  it("E9: of another place than its connection is a mismatch, and tried nowhere", async () => {
    const at = remote();
    const { vault } = world({
      connections: { c: definition(plugin(at), { region: "eu" }) },
      links: { X: "native:us:x" },
    });
    expect(await failing(vault.get("X"))).toMatchObject({
      code: "unresolved",
      message: "X: It is not where the connection c reads: region differs.",
      details: { reason: "mismatch" },
    });
    expect(vault.status().links).toMatchObject([{ name: "X", state: "unresolved", reason: "mismatch" }]);
    expect(at.opens).toEqual([]);
  });

  it("is read although another connection's package can't be loaded", async () => {
    const gone = { provider: "gone", options: {}, load: () => Promise.reject(new Error("no such package")) };
    const { vault, text } = world({ connections: { gone, c: definition(plugin(remote())) }, links: {} });
    expect(await text("native:eu:x")).toBe("vlcanary-x-1");
    expect(await failing(vault.get("arn:aws:x")), "perhaps that package would have known it").toMatchObject({
      code: "invalid_config",
      message: "Provider gone: its package failed while it was loaded.",
    });
  });

  it("is no trouble to providers that read none", async () => {
    const { vault } = world();
    expect((await failing(vault.get("native:eu:x"))).details.reason).toBe("unknown-connection");
  });

  it("of a connection that was disconnected is told so", async () => {
    const { vault } = world({ connections: { c: definition(plugin(remote())) }, links: { X: "native:eu:x" } });
    await vault.get("X");
    expect((await vault.disconnect("c")).names).toEqual(["X"]);
    expect((await failing(vault.get("X"))).details.reason).toBe("disconnected");
  });

  it("may be linked and relinked to, read before anything changes", async () => {
    const { vault, text } = world({ connections: { c: definition(plugin(remote())) }, links: { X: "c://x" } });
    vault.link("Z", "native:eu:db:user");
    expect(await text("Z")).toBe("vlcanary-user");
    await vault.relink("X", "native:eu:db:password");
    expect(await text("X")).toBe("vlcanary-password");
    expect((await failing(vault.relink("X", "native:eu:gone"))).code).toBe("not_found");
    expect(await text("X")).toBe("vlcanary-password");
  });
});

describe("a provider's package", () => {
  it("is not loaded before it is needed, and then once", async () => {
    const used = definition(plugin(remote()));
    const unused = definition(plugin(remote()));
    const { vault } = world({ connections: { used, unused }, links: { X: "used://x", DB: "used://db#user" } });
    vault.status();
    expect(used.loads).toBe(0);
    await vault.getMany(["X", "DB"]);
    vault.reset();
    await vault.get("X");
    await settle();
    expect(unused.loads).toBe(0);
    expect(used.loads).toBe(1);
  });

  it("that is not installed is invalid_config with the command that installs it", async () => {
    const missing = Object.assign(new Error("Cannot find package '@acme/native' imported from /vlcanary-path"), {
      code: "ERR_MODULE_NOT_FOUND",
    });
    const broken = { provider: "native", options: {}, load: () => Promise.reject(missing) };
    const { vault } = world({ connections: { c: broken } });
    const error = await failing(vault.get("X"));
    expect(error).toMatchObject({
      code: "invalid_config",
      details: { hint: "npm install @acme/native" },
    });
    expect(error.message).not.toContain("vlcanary-");
  });

  it("that says itself why is believed", async () => {
    const load = () => Promise.reject(new SecretError("invalid_config", "Not trusted.", { hint: "vaultlink trust" }));
    const { vault } = world({ connections: { c: { provider: "native", options: {}, load } } });
    expect((await failing(vault.get("X"))).details.hint).toBe("vaultlink trust");
  });

  it.each([
    ["refuses options it does not know", { regoin: "eu" }, "region"],
    ["refuses values by the option's name", { region: 42 }, "region"],
  ])("%s", async (_what, options, named) => {
    const { vault } = world({ connections: { c: definition(plugin(remote()), options as Options) } });
    const error = await failing(vault.get("X"));
    expect(error.code).toBe("invalid_config");
    expect(error.message).toContain(named);
  });

  it("never has a refused value in its error", async () => {
    const options = { token: ["vlcanary-token"], vlcanary_pasted: 1 };
    const { vault } = world({ connections: { c: definition(plugin(remote()), options as unknown as Options) } });
    const error = await failing(vault.get("X"));
    expect(`${error.stack}${JSON.stringify(error.details)}`).not.toContain("vlcanary-token");
  });

  it.each([
    ["plugin", { ...plugin(remote()), specVersion: 2 }],
    ["provider", { ...plugin(remote()), create: () => ({ ...remote().provider, specVersion: "x" }) }],
  ])("of another contract is refused, naming both versions: %s", async (_what, loaded) => {
    const { vault } = world({ connections: { c: definition(loaded as unknown as Plugin) } });
    const error = await failing(vault.get("X"));
    expect(error.code).toBe("invalid_config");
    expect(error.message).toMatch(/version.*version 1/);
  });
});
