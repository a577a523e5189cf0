import { expect, it } from "vitest";
import { shortly, whereIs } from "./where.ts";

it.each([
  [
    "an address",
    { provider: "hashicorp", address: "https://v.test" },
    { VAULT_ADDR: "https://w.test" },
    "https://v.test",
  ],
  ["the environment's", { provider: "hashicorp" }, { VAULT_ADDR: "https://w.test" }, "https://w.test"],
  [
    "OpenBao's first",
    { provider: "hashicorp" },
    { VAULT_ADDR: "https://w.test", BAO_ADDR: "https://b.test" },
    "https://b.test",
  ],
  [
    "a namespace",
    { provider: "hashicorp", address: "https://v.test", namespace: "a/b" },
    {},
    "https://v.test, namespace a/b",
  ],
  [
    "region, account, profile",
    { provider: "aws", account: "1", auth: { profile: "dev" } },
    { AWS_REGION: "r" },
    "region r, account 1, profile dev",
  ],
  ["a named vault", { provider: "azure", vault: "kv" }, { AZURE_KEYVAULT_URL: "https://kv2.test" }, "vault kv"],
  ["the environment's vault", { provider: "azure" }, { AZURE_KEYVAULT_URL: "https://kv2.test" }, "https://kv2.test"],
  ["another's provider", { provider: "x", url: "https://x.test" }, {}, "url https://x.test"],
  ["nothing", { provider: "1password" }, {}, ""],
])("where a connection is: %s", (_what, entry, env, text) => {
  expect(shortly(whereIs(entry, env))).toBe(text);
});

it("shows no user and password of an address", () => {
  const text = shortly(whereIs({ provider: "hashicorp", address: "https://u:vlcanary-p@v.test/x" }, {}));
  expect(text).toBe("https://v.test/x");
});
