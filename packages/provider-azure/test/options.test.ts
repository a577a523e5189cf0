import { describe, expect, it } from "vitest";
import { azure, type AzureOptions, plugin } from "../src/index.ts";
import { context, refused } from "./support.ts";

const code = (options: AzureOptions): string => {
  try {
    azure(options);
    return "taken";
  } catch (thrown) {
    const { code: told, message } = thrown as { readonly code: string; readonly message: string };
    if (/vlcanary/.test(message)) throw new Error("The message shows a value.", { cause: thrown });
    return told;
  }
};

describe("options", () => {
  it.each<AzureOptions>([
    {},
    { vault: "my-vault" },
    { vaultUrl: "https://my-vault.vault.azure.net" },
    { vaultUrl: "https://127.0.0.1:8443" },
    { vaults: ["one", "https://two.vault.azure.cn/"] },
    { auth: { method: "managed-identity", resourceId: "/subscriptions/s" } },
    { authorityHost: "https://login.example.com/adfs" },
  ])("that can be meant are taken: %j", (options) => {
    expect(code(options)).toBe("taken");
  });

  it.each<AzureOptions>([
    { vault: "My-Vault" },
    { vault: "a--b" },
    { vault: "vlcanary_bad" },
    { vault: "one", vaults: ["two"] },
    { vaultUrl: "http://my-vault.vault.azure.net" },
    { vaultUrl: "http://127.0.0.1:8443" },
    { vaultUrl: "https://my-vault.vault.azure.net/" },
    { vaultUrl: "https://user:vlcanary-password@my-vault.vault.azure.net" },
    { vaultUrl: "https://169.254.169.254" },
    { vaults: [] },
    { vaults: ["https://my-vault.vault.azure.net/secrets/x"] },
    { auth: { method: "cli", clientSecret: "vlcanary-secret" } },
    { auth: { method: "browser", tokenFile: "/token" } },
    { auth: { certificateFile: "relative.pem" } },
    { auth: { method: "workload-identity", tokenFile: "relative/token" } },
    { auth: { clientId: "a", objectId: "b" } },
    { auth: { tenantId: "vlcanary tenant" } },
    { authorityHost: "http://login.example.com" },
    { ca: "a", caFile: "/b" },
    { caFile: "relative.pem" },
    { requestTimeoutMs: 0 },
  ])("that cannot be meant are refused: %#", (options) => {
    expect(code(options)).toBe("invalid_config");
  });

  it("of an environment that cannot be meant are refused by name, when opening", async () => {
    const open = (env: Readonly<Record<string, string>>) => refused(azure().open(context({ env })));
    for (const env of [{}, { AZURE_KEYVAULT_URL: "http://vault.azure.net" }, { AZURE_KEYVAULT_URL: "a b" }]) {
      const error = await open(env);
      expect([error.code, error.message.includes("AZURE_KEYVAULT_URL")]).toEqual(["invalid_config", true]);
    }
    const url = { AZURE_KEYVAULT_URL: "https://127.0.0.1:9" };
    expect((await open({ ...url, AZURE_AUTHORITY_HOST: "http://x" })).message).toContain("AZURE_AUTHORITY_HOST");
    expect((await open({ ...url, NODE_EXTRA_CA_CERTS: "/nowhere" })).code).toBe("invalid_config");
  });
});

describe("an identifier", () => {
  it.each([
    "http://my-vault.vault.azure.net/secrets/x",
    "https://my-vault.vault.azure.net/keys/x",
    "https://my-vault.vault.azure.net/secrets/",
    "https://my-vault.vault.azure.net/secrets/a_b",
    "https://my-vault.vault.azure.net/secrets/x/latest",
    "https://my-vault.vault.azure.net:8443/secrets/x",
    "https://my-vault.vault.azure.net.example.com/secrets/x",
    "https://user@my-vault.vault.azure.net/secrets/x",
    "https://127.0.0.1/secrets/x",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x",
  ])("of something else is left to others: %s", (identifier) => {
    expect(plugin.parseIdentifier?.(identifier)).toBeUndefined();
  });
});
