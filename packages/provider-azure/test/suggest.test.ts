import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Suggestions } from "@vaultlink/core/provider";
import { plugin } from "../src/plugin.ts";

async function suggested(env: Record<string, string>, profile?: string): Promise<Suggestions> {
  const home = await mkdtemp(join(tmpdir(), "vl-az-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  await mkdir(join(home, ".azure"));
  if (profile !== undefined) await writeFile(join(home, ".azure", "azureProfile.json"), profile);
  return (
    (await plugin.suggest?.({ env: { HOME: home, ...env }, options: {}, signal: AbortSignal.timeout(5000) })) ?? {}
  );
}

const USUAL = ["Browser", "Code on another device", "Client secret of an application"];
const labels = ({ methods = [] }: Suggestions): readonly string[] => methods.map(({ label }) => label);

describe("what is offered to whoever connects", () => {
  it("with nothing here is the vault to be named, then the browser, then a code", async () => {
    const found = await suggested({});
    expect(found.settings).toEqual([{ option: "vaults", flagOption: "vault", label: "Key vault, by name or address" }]);
    expect(labels(found)).toEqual(USUAL);
  });

  it("is the sign-in of az first, with whose it is", async () => {
    const subscriptions = [
      { user: { name: "else@example.com" } },
      { isDefault: true, user: { name: "ada@example.com" } },
    ];
    const found = await suggested({}, `\uFEFF${JSON.stringify({ subscriptions })}`);
    expect(found.methods?.[0]).toEqual({
      label: "Sign-in of az",
      found: "az is signed in as ada@example.com",
      options: { "auth.method": "cli" },
    });
  });

  it.each(["", "no JSON", "[]", '{"subscriptions":5}', '{"subscriptions":[null]}'])(
    "is no sign-in of az where its file holds %j",
    async (text) => expect(labels(await suggested({}, text))).toEqual(USUAL),
  );

  it("are vault and application of the environment", async () => {
    const env = {
      ...{ AZURE_KEYVAULT_URL: "https://my-vault.vault.azure.net", AZURE_TENANT_ID: "t", AZURE_CLIENT_ID: "c" },
      AZURE_CLIENT_SECRET: "vlcanary-secret",
    };
    const found = await suggested(env);
    expect(found.settings).toMatchObject([{ value: env.AZURE_KEYVAULT_URL, source: "AZURE_KEYVAULT_URL" }]);
    expect(found.methods?.[0]).toMatchObject({ found: "AZURE_CLIENT_SECRET is set" });
    expect(JSON.stringify(found)).not.toContain("vlcanary");
  });
});

it.each([
  ["ada@example.com@1b7e-tenant#0f00-object", "ada@example.com"],
  ["04b07795-8ddb-461a-bbee-02f9e1bf7b46@tenant#object", "application 04b07795-8ddb-461a-bbee-02f9e1bf7b46"],
  ["something else", "something else"],
])("a person's name for %s", (identity, name) => expect(plugin.displayName?.(identity)).toBe(name));
