import { expect, it } from "vitest";
import { azure } from "../src/index.ts";

const { signal } = new AbortController();

it.each<[string, Parameters<typeof azure>[0], Record<string, string>, object]>([
  [
    "a vault by name, not that of the environment",
    { vault: "my-kv", caFile: "/ca.pem" },
    { AZURE_KEYVAULT_URL: "https://kv2.test" },
    { facts: ["vault my-kv"], address: "https://my-kv.vault.azure.net", caFile: "/ca.pem" },
  ],
  [
    "a vault of another cloud",
    { vault: "my-kv", cloud: "china" },
    {},
    { facts: ["vault my-kv"], address: "https://my-kv.vault.azure.cn" },
  ],
  [
    "the environment's vault and tenant",
    {},
    { AZURE_KEYVAULT_URL: "https://kv2.test", AZURE_TENANT_ID: "t" },
    {
      facts: ["address https://kv2.test from AZURE_KEYVAULT_URL", "tenant t from AZURE_TENANT_ID"],
      address: "https://kv2.test",
    },
  ],
  [
    "several vaults, the first of which is tried",
    { vaults: ["my-kv", "https://kv2.test"] },
    {},
    { facts: ["vaults my-kv https://kv2.test"], address: "https://my-kv.vault.azure.net" },
  ],
  ["what is no vault", {}, { AZURE_KEYVAULT_URL: "%" }, { facts: ["address % from AZURE_KEYVAULT_URL"] }],
  ["nothing", {}, {}, { facts: [] }],
])("says which vault it reaches: %s", async (_what, options, env, right) => {
  const told = await azure(options).where?.({ env, signal });
  const inWords = told?.facts.map(
    ({ what, value, variable }) => `${what} ${value}${variable ? ` from ${variable}` : ""}`,
  );
  expect({ facts: inWords, address: told?.address, caFile: told?.caFile }).toEqual({
    address: undefined,
    caFile: undefined,
    ...right,
  });
});
