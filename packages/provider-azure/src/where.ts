import { type ProviderEnv, variable, whereFacts, type VaultLocation } from "@vaultlink/core/provider";
import type { AzureOptions } from "./options.ts";
import { parseVault } from "./vault-address.ts";

/** Which key vaults these are, and whose. */
export function where(options: AzureOptions, env: ProviderEnv): VaultLocation {
  const { auth, caFile, cloud = "public", vault, vaults, vaultUrl } = options;
  // A vault that is named is not the one of the environment.
  const isNamed = vault !== undefined || vaults !== undefined;
  const facts = whereFacts(env, [
    { what: "vault", option: vault },
    { what: "address", option: vaultUrl, ...(!isNamed && { variables: ["AZURE_KEYVAULT_URL"] }) },
    { what: "vaults", option: vaults },
    { what: "tenant", option: auth?.tenantId, variables: ["AZURE_TENANT_ID"] },
  ]);
  const first = vault ?? vaultUrl ?? vaults?.[0] ?? variable(env, "AZURE_KEYVAULT_URL");
  return { facts, address: first && addressOf(first, cloud), caFile };
}

function addressOf(vault: string, cloud: NonNullable<AzureOptions["cloud"]>): string | undefined {
  try {
    return parseVault(vault, cloud, "").url;
  } catch {
    // Opening it says what is wrong.
    return undefined;
  }
}
