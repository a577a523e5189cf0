import { isSecretError } from "@vaultlink/core/provider";
import { AZURE_SEED } from "@vaultlink/stand-ins";
import { azure, plugin } from "../../src/index.ts";
import { clientIdOf } from "../credentials/fixture.ts";
import { readOne, useAzure } from "../support.ts";
import { code, type Fault, having, OTHER_TENANT, SEED, TENANT, told, withAz } from "./fault.ts";
import { expect, it } from "vitest";

const server = useAzure({ seed: SEED });

const CAPITALS = TENANT.toUpperCase();
const FAULTS: readonly Fault[] = [
  ...[{ AZURE_TENANT_ID: CAPITALS }, { AZURE_TENANT_ID: TENANT }].map((env): Fault => ({
    id: "Z1",
    when: `the tenant is ${env.AZURE_TENANT_ID}`,
    outcome: (stand) => told(readOne({}, { env: { ...stand.env, ...env } })),
    right: "api-key",
  })),
  {
    id: "Z1",
    when: "an option has the tenant in capitals",
    outcome: (stand) => told(readOne({ auth: { tenantId: CAPITALS } }, { env: stand.env })),
    right: "api-key",
  },
  {
    id: "Z1",
    when: "the vault has the tenant in capitals",
    outcome: (stand) =>
      having(stand, { challengeTenant: CAPITALS }, { challengeTenant: undefined }, () =>
        told(readOne({}, { env: stand.env })),
      ),
    right: "api-key",
  },
  ...[{ method: "cli" }, { chain: "AzureCliCredential" }, { chain: "dev" }].map((auth): Fault => ({
    id: "Z1",
    when: `the tenant is in capitals, with ${JSON.stringify(auth)}`,
    outcome: (stand) => withAz(stand, { AZURE_TENANT_ID: CAPITALS }, auth),
    right: "api-key",
  })),
  {
    id: "Z1",
    when: "the chain finds an application and its tenant in capitals",
    outcome: (stand) =>
      told(readOne({ auth: { method: "default" } }, { env: { ...stand.env, AZURE_TENANT_ID: CAPITALS } })),
    right: "api-key",
  },
  {
    id: "Z1",
    when: "a pipeline has the tenant in capitals",
    outcome: (stand) =>
      told(
        readOne(
          { auth: { method: "pipelines", serviceConnectionId: "connection", clientId: clientIdOf("single") } },
          {
            env: {
              ...stand.env,
              AZURE_TENANT_ID: CAPITALS,
              SYSTEM_OIDCREQUESTURI: `${stand.pipeline}/oidc`,
              SYSTEM_ACCESSTOKEN: AZURE_SEED.pipelineToken,
            },
          },
        ),
      ),
    right: "api-key",
  },
  {
    id: "Z1",
    when: "another tenant is allowed, in capitals",
    // Signed in there, and refused by a vault that is not of there.
    outcome: (stand) =>
      having(stand, { challengeTenant: OTHER_TENANT }, { challengeTenant: undefined }, () =>
        told(readOne({ auth: { additionalTenants: [OTHER_TENANT.toUpperCase()] } }, { env: stand.env })),
      ),
    right: "unauthenticated",
  },
  {
    id: "Z1",
    when: "the tenant is called by a name, and the vault has its id",
    outcome: (stand) => withAz(stand, { AZURE_TENANT_ID: "organizations" }, { chain: "AzureCliCredential" }),
    right: "api-key",
  },
  {
    id: "Z1",
    when: "a reference has the vault's host in capitals",
    outcome: (stand) => told(readOne({}, { env: stand.env }, `${new URL(stand.url).host.toUpperCase()}/api-key`)),
    right: "api-key",
  },
  {
    id: "Z1",
    when: "an identifier is in capitals",
    outcome: () => plugin.parseIdentifier?.("HTTPS://My-Vault.VAULT.azure.net/Secrets/x")?.where,
    right: { vault: "my-vault", vaultUrl: "https://my-vault.vault.azure.net" },
  },
  {
    id: "Z3",
    when: "one of several vaults is named in capitals",
    outcome: () => code(() => azure({ vaults: ["My-Vault", "OTHER"] })),
    right: "taken",
  },
  ...[{ vault: "My-Vault" }, { vaultUrl: "https://My-Vault.vault.azure.net" }].map((options): Fault => ({
    id: "Z3",
    when: `the one vault is ${JSON.stringify(options)}, which must say how it is written`,
    outcome: () => {
      try {
        return azure(options).name;
      } catch (thrown) {
        return isSecretError(thrown) && thrown.message.includes("lower case");
      }
    },
    right: true,
  })),
];

it.each(FAULTS)("$id: $when", async ({ outcome, right }) => {
  expect(await outcome(server.azure)).toEqual(right);
});
