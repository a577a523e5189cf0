import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createVault, type Vault } from "@vaultlink/core";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { hostOptions } from "../../src/third-party/host-process.ts";
import { locateCode, type NamedBy, pinFor } from "../../src/third-party/inspect.ts";
import { loadThirdParty } from "../../src/third-party/load.ts";
import { ProviderProcess } from "../../src/third-party/provider-process.ts";
import { temporaryFolder } from "../temporary.ts";
import { type Made, writeProvider } from "./provider.ts";

// Processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const ENV = { ...process.env, ACME_TOKEN: "vlcanary-right" };

/** A provider that notes each process it is loaded in, in a file outside of its folder. */
async function noted(made: Made = {}): Promise<{ readonly folder: string; readonly starts: () => Promise<number> }> {
  const home = await temporaryFolder(onTestFinished);
  const notes = join(home, "starts");
  const first = `import { appendFileSync } from "node:fs"; appendFileSync(${JSON.stringify(notes)}, "started ");`;
  const folder = await writeProvider(join(home, "acme"), "vaultlink-provider-acme", { ...made, first });
  return { folder, starts: async () => (await readFile(notes, "utf8").catch(() => "")).split(" ").length - 1 };
}

describe("the process of somebody else's provider", () => {
  it("describes, checks and opens: one, whose files are compared once", async () => {
    const { folder, starts } = await noted();
    let compared = 0;
    const expectTrusted = async (): Promise<void> => void compared++;
    const code = new ProviderProcess({
      host: hostOptions(join(folder, "index.js"), folder, ENV),
      env: ENV,
      expectTrusted,
    });
    code.noteTrusted();
    expect(await code.ask("plugin.describe", {})).toMatchObject({ name: "acme" });
    expect(await code.ask("plugin.check", { options: { url: "acme:" } })).toMatchObject({ providerName: "acme" });
    const line = await code.take();
    expect(await starts()).toBe(1);
    // Once more where opening came late.
    expect(compared).toBeLessThanOrEqual(1);
    await line.close(1000);
  });

  it("is a session's own once it took it: two sessions have two, and who asks next has a third", async () => {
    const { folder, starts } = await noted();
    const expectTrusted = async (): Promise<void> => undefined;
    const code = new ProviderProcess({
      host: hostOptions(join(folder, "index.js"), folder, ENV),
      env: ENV,
      expectTrusted,
    });
    await code.ask("plugin.describe", {});
    const [one, two] = await Promise.all([code.take(), code.take()]);
    expect(one).not.toBe(two);
    await two?.request("plugin.describe", {}, { deadline: Date.now() + 60_000, signal: new AbortController().signal });
    await code.ask("plugin.describe", {});
    expect(await starts()).toBe(3);
    await Promise.all([one?.close(1000), two?.close(1000), (await code.take()).close(1000)]);
  });

  it("is not started for code that is not trusted, however often it is asked for", async () => {
    const { folder, starts } = await noted();
    const expectTrusted = (): Promise<never> => Promise.reject(new Error("It has changed."));
    const code = new ProviderProcess({
      host: hostOptions(join(folder, "index.js"), folder, ENV),
      env: ENV,
      expectTrusted,
    });
    await expect(code.ask("plugin.describe", {})).rejects.toThrow("It has changed.");
    await expect(Promise.all([code.take(), code.ask("plugin.describe", {})])).rejects.toThrow("It has changed.");
    expect(await starts()).toBe(0);
  });

  it("is started again where it has ended", async () => {
    const { folder, starts } = await noted();
    const expectTrusted = async (): Promise<void> => undefined;
    const code = new ProviderProcess({
      host: hostOptions(join(folder, "index.js"), folder, ENV),
      env: ENV,
      expectTrusted,
    });
    await code.ask("plugin.describe", {});
    await expect(code.ask("rpc.shutdown", {})).rejects.toMatchObject({ code: "unavailable" });
    expect(await code.ask("plugin.describe", {})).toMatchObject({ name: "acme" });
    expect(await starts()).toBe(2);
    await (await code.take()).close(1000);
  });

  it("has its files compared for each start by itself, however soon after another", async () => {
    const { folder, starts } = await noted();
    let compared = 0;
    const expectTrusted = async (): Promise<void> => void compared++;
    const code = new ProviderProcess({
      host: hostOptions(join(folder, "index.js"), folder, ENV),
      env: ENV,
      expectTrusted,
    });
    code.noteTrusted();
    for (let start = 0; start < 3; start++) {
      await code.ask("plugin.describe", {});
      await expect(code.ask("rpc.shutdown", {})).rejects.toMatchObject({ code: "unavailable" });
    }
    expect(await starts()).toBe(3);
    expect(compared).toBeGreaterThanOrEqual(2);
  });
});

describe("a vault with somebody else's provider", () => {
  /** A vault whose one connection is that of a provider in a process of its own. */
  async function open(folder: string): Promise<Vault> {
    const source = { kind: "path", path: folder } as const;
    const named: NamedBy = { what: "Connection acme", file: "vaultlink.json", folders: ["/"], isUsers: true, pins: {} };
    const code = locateCode(source, named);
    const pins = { [code.key]: await pinFor(code) };
    const load = async (): Promise<Awaited<ReturnType<typeof loadThirdParty>>["plugin"]> =>
      (await loadThirdParty(source, { ...named, pins }, ENV)).plugin;
    const connection = { provider: folder, load, options: { url: "acme:" } };
    const vault = createVault({ connections: { acme: connection }, env: ENV });
    onTestFinished(() => vault.close());
    return vault;
  }

  it("starts one process to read", async () => {
    const { folder, starts } = await noted();
    const vault = await open(folder);
    expect((await vault.get("acme://db")).reveal()).toBe("vlcanary-db");
    expect(await starts()).toBe(1);
  });

  it("is told how many requests it sent", async () => {
    const { folder } = await noted({ onOpen: "let sent = 4;", onRead: "sent++;", members: "requests: () => sent," });
    const vault = await open(folder);
    const sent = (): number | undefined => vault.status().connections[0]?.requests?.total;
    await vault.get("acme://db");
    expect(sent()).toBe(5);
    await expect(vault.get("acme://none")).rejects.toMatchObject({ code: "not_found" });
    expect(sent()).toBe(6);
  });

  it("is not told where its provider does not count them", async () => {
    const { folder } = await noted();
    const vault = await open(folder);
    await vault.get("acme://db");
    expect(vault.status().connections[0]).not.toHaveProperty("requests");
  });
});
