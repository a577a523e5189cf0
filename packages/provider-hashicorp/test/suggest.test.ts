import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Suggestions } from "@vaultlink/core/provider";
import { plugin } from "../src/plugin.ts";

async function suggested(env: Record<string, string>, token?: string): Promise<Suggestions> {
  const home = await mkdtemp(join(tmpdir(), "vl-hcv-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  if (token !== undefined) await writeFile(join(home, ".vault-token"), token);
  return (
    (await plugin.suggest?.({ env: { HOME: home, ...env }, options: {}, signal: AbortSignal.timeout(5000) })) ?? {}
  );
}

const USUAL = [
  "Browser (OIDC)",
  "User name and password",
  "User name and password of a directory (LDAP)",
  "AppRole",
  "Token",
];

describe("what is offered to whoever connects", () => {
  it("with nothing here is the address to be typed, and the usual ways", async () => {
    const { settings, methods = [] } = await suggested({});
    expect(settings).toEqual([{ option: "address", label: expect.stringContaining("Address") as string }]);
    expect(methods.map(({ label }) => label)).toEqual(USUAL);
    expect(methods.some(({ found }) => found !== undefined)).toBe(false);
  });

  it.each([
    ["VAULT_ADDR", "VAULT_NAMESPACE"],
    ["BAO_ADDR", "BAO_NAMESPACE"],
  ])("are address and namespace of %s and %s, to be kept", async (address, namespace) => {
    const { settings } = await suggested({ [address]: "https://vault.example", [namespace]: "team" });
    expect(settings).toMatchObject([
      { option: "address", value: "https://vault.example", source: address },
      { option: "namespace", value: "team", source: namespace },
    ]);
  });

  it.each<[Record<string, string>, string | undefined, string]>([
    [{ VAULT_TOKEN: "vlcanary-token" }, undefined, "VAULT_TOKEN is set"],
    [{}, "vlcanary-token", "a token in ~/.vault-token"],
  ])("is a token that is here first: %#", async (env, token, found) => {
    const suggestions = await suggested(env, token);
    expect(suggestions.methods?.[0]).toEqual({ label: "Token", found, options: { "auth.method": "token" } });
    expect(JSON.stringify(suggestions)).not.toContain("vlcanary");
  });

  it("a person's name for an identity is without what tells two apart", () => {
    expect(plugin.displayName?.("userpass-ada@vault.example:8200/team#0123abcd")).toBe(
      "userpass-ada at vault.example:8200/team",
    );
  });
});
