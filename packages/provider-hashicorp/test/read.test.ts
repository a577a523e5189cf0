import { startVault, type VaultStandIn } from "@vaultlink/stand-ins";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hashicorp } from "../src/index.ts";

let vault: VaultStandIn;
beforeAll(async () => {
  vault = await startVault();
});
afterAll(() => vault.stop());

it("reads KV version 2 with a token", async () => {
  const context = { signal: new AbortController().signal, env: vault.env };
  const session = await hashicorp().open(context);
  const document = await session.read({ path: "secret/app/api", query: {} }, context);
  expect(document).toEqual({ value: { key: "vlcanary-api-key" }, version: "1", id: "secret/app/api" });
  await session.close?.();
});
