import { dirname, join } from "node:path";
import { type AgentVault, createVault, type SecretValue, type Vault } from "@vaultlink/core";
import { afterEach, describe, expect, it } from "vitest";
import { type FileContent, vaultWorld, type VaultWorld } from "./vaults.ts";

/** What a program can do with either kind of vault. */
type Common = Vault | AgentVault;

const CONTENT: FileContent = { connections: { mem: {} }, links: { X: "mem://x", Y: "mem://y", NONE: "mem://none" } };
const ENV = { TOKEN: "vlcanary-right" };
const MINUTE_MS = 60_000;
const open: Common[] = [];

afterEach(async () => {
  for (const vault of open.splice(0)) await vault.close();
});

/** A vault that this program makes itself, of what the agent's configuration says. */
function ownVault({ definition, clock }: VaultWorld, { links = {}, cache = {} }: FileContent): Common {
  const vault = createVault({ connections: { mem: definition({}) }, links, env: ENV, clock, cache });
  open.push(vault);
  return vault;
}

/** A vault that reads through the agent. */
function agentVault({ place, home }: VaultWorld, _content?: FileContent, env = ENV): AgentVault {
  const around = { HOME: home, XDG_RUNTIME_DIR: dirname(place.directory) };
  const vault = createVault({ agent: true, env: { ...around, ...env }, cwd: join(home, "project") });
  open.push(vault);
  return vault;
}

describe.each([
  ["of its own", ownVault],
  ["of the agent", agentVault],
])("a vault %s", (_, make) => {
  const start = async (content = CONTENT): Promise<{ readonly vault: Common; readonly world: VaultWorld }> => {
    const world = await vaultWorld(content);
    return { world, vault: make(world, content) };
  };

  it("gives values by name and by reference, and reads a document once", async () => {
    const { vault, world } = await start();
    expect((await vault.get("X")).reveal()).toBe("vlcanary-x");
    const again = await vault.get("mem://x");
    expect([again.reveal(), again.provenance.source]).toEqual(["vlcanary-x", "cache"]);
    expect(String(again)).toBe("[secret]");
    expect(world.remote.log.filter((line) => line === "read x")).toHaveLength(1);
  });

  it("gives one outcome per name, in order", async () => {
    const { vault } = await start();
    const outcomes = await vault.getMany(["Y", "NONE", "X"]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await vault.getMany([])).toEqual([]);
  });

  it("fails with the same errors, for the same names", async () => {
    const { vault } = await start();
    await expect(vault.get("NONE")).rejects.toMatchObject({
      code: "not_found",
      message: "NONE: There is no such secret.",
      details: { name: "NONE", connection: "mem" },
    });
    await expect(vault.get("other://x")).rejects.toMatchObject({
      code: "unresolved",
      details: { reason: "unknown-connection" },
    });
    await expect(vault.get("UNKNOWN")).rejects.toMatchObject({
      code: "unresolved",
      details: { reason: "unlinked" },
    });
    await expect(vault.get("mem://x#field")).rejects.toMatchObject({ code: "unusable" });
  });

  it("reads anew after a reset of a name, of a connection, of everything, and with refresh", async () => {
    const { vault, world } = await start();
    await vault.get("X");
    for (const scope of [{ name: "X" }, { connection: "mem" }, undefined]) {
      expect(await vault.reset(scope)).toBe(1);
      expect((await vault.get("X")).provenance.source).toBe("vault");
    }
    world.remote.values.set("x", "vlcanary-new");
    expect((await vault.get("X", { refresh: true })).reveal()).toBe("vlcanary-new");
  });

  it("links, relinks and unlinks names in its own memory", async () => {
    const { vault } = await start();
    vault.link("MINE", "mem://x");
    expect((await vault.get("MINE")).reveal()).toBe("vlcanary-x");
    expect(() => vault.link("MINE", "mem://y")).toThrow("MINE: This name is linked already.");
    await vault.relink("MINE", "mem://y");
    expect((await vault.get("MINE")).reveal()).toBe("vlcanary-y");
    await expect(vault.relink("MINE", "mem://none")).rejects.toMatchObject({ code: "not_found" });
    expect((await vault.get("MINE")).reveal()).toBe("vlcanary-y");
    await vault.relink("X", "mem://y");
    expect((await vault.get("X")).reveal()).toBe("vlcanary-y");
    vault.unlink("MINE");
    await expect(vault.get("MINE")).rejects.toMatchObject({ code: "unresolved", details: { reason: "unlinked" } });
    vault.link("OFF", { reference: "mem://x", enabled: false });
    await expect(vault.get("OFF")).rejects.toMatchObject({ message: "OFF: The link is disabled." });
    vault.link("LATER", null);
    await expect(vault.get("LATER")).rejects.toMatchObject({ message: "LATER: The name has no reference yet." });
  });

  it("hands a value to a function again, newer, when a login was refused", async () => {
    const { vault, world } = await start();
    await vault.get("X");
    world.remote.values.set("x", "vlcanary-new");
    const logIn = (value: { reveal(): string }): string => {
      if (value.reveal() !== "vlcanary-new") throw Object.assign(new Error("No."), { status: 401 });
      return "in";
    };
    expect(await vault.use("X", logIn, { isLoginFailure: () => true })).toBe("in");
  });

  it("reads for use under the caller's environment, and again so after a refused login", async () => {
    const { vault, world } = await start();
    await vault.get("X");
    const env = { TOKEN: "vlcanary-right-other" };
    const seen: string[] = [];
    const logIn = (value: { reveal(): string }): void => {
      seen.push(value.reveal());
      world.remote.values.set("x", "vlcanary-new");
      if (seen.length === 1) throw new Error("No.");
    };
    await vault.use("X", logIn, { env, isLoginFailure: () => true });
    expect(seen).toEqual(["vlcanary-x", "vlcanary-new"]);
    expect(world.remote.log).toEqual(["open", "read x", "open", "read x", "read x"]);
    expect((await vault.get("X")).reveal()).toBe("vlcanary-x");
  });

  it("waits for use no longer than its caller does", async () => {
    const { vault, world } = await start();
    world.remote.gate = Promise.withResolvers<void>().promise;
    const failure = vault.use("X", () => "in", { deadlineMs: 50 }).catch((error: unknown) => error);
    await expect.poll(() => world.remote.log).toEqual(["open"]);
    world.clock.advance(50);
    expect(await failure).toMatchObject({ code: "timeout" });
    await expect(vault.use("X", () => "in", { deadlineMs: 0 })).rejects.toMatchObject({ code: "invalid_config" });
    const signal = AbortSignal.abort();
    await expect(vault.use("X", () => "in", { signal })).rejects.toMatchObject({ code: "aborted" });
  });

  it("gives use no stale value where its caller wants none", async () => {
    const { vault, world } = await start({ ...CONTENT, cache: { ttl: 1, staleOnError: 30 } });
    await vault.get("X");
    world.clock.advance(MINUTE_MS);
    world.remote.isDown = true;
    const sourceOf = (value: SecretValue): string => value.provenance.source;
    expect(await vault.use("X", sourceOf)).toBe("stale");
    await expect(vault.use("X", sourceOf, { allowStale: false })).rejects.toMatchObject({ code: "throttled" });
  });

  it("ends its connection, and signs in again", async () => {
    const { vault } = await start();
    expect(await vault.reauthenticate("mem")).toEqual({ identity: "somebody" });
    await vault.get("X");
    expect(await vault.disconnect("mem")).toMatchObject({ dropped: 1 });
    await expect(vault.get("X")).rejects.toMatchObject({ code: "unresolved", details: { reason: "disconnected" } });
    await vault.reauthenticate("mem");
    expect((await vault.status()).connections).toMatchObject([{ name: "mem", state: "ready" }]);
    expect((await vault.get("X")).reveal()).toBe("vlcanary-x");
  });

  it("serves another environment with another session, and nothing after its end", async () => {
    const { vault, world } = await start();
    await vault.get("X");
    const env = { TOKEN: "vlcanary-right-other" };
    expect((await vault.get("X", { env })).provenance.source).toBe("vault");
    expect(world.remote.log.filter((line) => line === "open")).toHaveLength(2);
    await vault.close();
    await expect(vault.get("X")).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("a vault of the agent", () => {
  it("shares sessions and cache with others of the agent's clients", async () => {
    const world = await vaultWorld(CONTENT);
    await agentVault(world).get("X");
    expect((await agentVault(world).get("X")).provenance.source).toBe("cache");
    expect(world.remote.log).toEqual(["open", "read x"]);
  });

  it("says so where no agent runs", async () => {
    const world = await vaultWorld(CONTENT);
    const env = { XDG_RUNTIME_DIR: join(world.home, "elsewhere") };
    await expect(agentVault(world, CONTENT, { ...ENV, ...env }).get("X")).rejects.toMatchObject({
      code: "unavailable",
      details: { reason: "no-agent", hint: "vaultlink agent start" },
    });
  });

  it("takes no connections: those are the configuration's", () => {
    const options = { agent: true as const, connections: {} };
    expect(() => createVault(options)).toThrow("With agent: true, connections and settings are those");
  });
});
