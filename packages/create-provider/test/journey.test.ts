import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { KEY, startVault } from "../template/test/vault.ts";
import { packedHome } from "./packed.ts";

const home = packedHome({ command: true });
const vault = await startVault();
afterAll(async () => {
  home.remove();
  await vault.stop();
});

const inside = (path: string): string => join(home.folder, "node_modules", path);
const provider = join(home.folder, "vaultlink-provider-acme");
const vaultlink = (...given: readonly string[]): Promise<string> =>
  home.runWith({ ACME_KEY: KEY, VAULTLINK_AGENT: "off" }, home.folder, inside("vaultlink/dist/main.js"), ...given);

describe("from an empty folder to a secret, from the packed packages", () => {
  it("makes a provider, builds it, shows that it works, connects it, and reads with it", async () => {
    await home.run(home.folder, inside("@vaultlink/create-provider/dist/main.js"), "acme");
    await home.run(provider, inside("typescript/bin/tsc"), "-p", "tsconfig.build.json");
    const tested = await home.run(provider, inside("vitest/vitest.mjs"), "run");
    expect(tested).toMatch(/Tests +\d+ passed/);
    expect(tested).not.toContain("failed");

    await expect(vaultlink("connect", "./vaultlink-provider-acme", "--url", vault.url)).rejects.toThrow("Add --trust");
    const connected = await vaultlink("connect", "./vaultlink-provider-acme", "--url", vault.url, "--trust");
    expect(connected).toContain("Connected acme: Acme Vault as app.");
    expect(await vaultlink("get", "acme://app/db")).toBe("vlcanary-value\n");
    await vaultlink("link", "DB_PASSWORD", "acme://app/db");
    const script = "console.log(process.env.DB_PASSWORD.length)";
    expect(await vaultlink("run", "--", process.execPath, "-e", script)).toContain(`${"vlcanary-value".length}\n`);
  });

  it("of which its author writes less than 100 lines", async () => {
    const files = ["src/provider.ts", "src/plugin.ts", "src/index.ts"];
    const texts = await Promise.all(files.map((file) => readFile(join(provider, file), "utf8")));
    expect(texts.join("").split("\n").length).toBeLessThan(100);
  });
});
