import { findNetwork, type Network, type ProviderEnv, variable } from "@vaultlink/core/provider";
import { checkAuthority } from "./check-options.ts";
import { cloudOf, CLOUDS } from "./clouds.ts";
import type { AzureOptions } from "./options.ts";
import { noVault, parseVault, type VaultAddress } from "./vault-address.ts";

/** What is asked, and how it is reached. Plain data, so that it can go to another thread. */
export interface Settings extends Network {
  /** The first is the one that a bare name is in. */
  readonly vaults: readonly [VaultAddress, ...VaultAddress[]];
  /** Where to sign in, without a final slash. */
  readonly authority: string;
  /** Whether that is none of Azure's own, so that nobody else could confirm it. */
  readonly privateAuthority: boolean;
  /** Ms. */
  readonly requestTimeoutMs: number;
  /** Ms. */
  readonly loginTimeoutMs: number;
}

/**
 * Settles what is asked and how: an option wins over a variable.
 * Throws `invalid_config` for addresses and certificates that cannot be meant, and where this Node knows no proxies.
 */
export async function settle(options: AzureOptions, env: ProviderEnv): Promise<Settings> {
  const vaults = findVaults(options, env);
  const given = variable(env, "AZURE_AUTHORITY_HOST");
  const own = CLOUDS[cloudOf(vaults[0].host) ?? options.cloud ?? "public"].authority;
  const authority =
    options.authorityHost !== undefined
      ? checkAuthority('Option "authorityHost"', options.authorityHost)
      : given === undefined
        ? own
        : checkAuthority("AZURE_AUTHORITY_HOST", given.includes("://") ? given : `https://${given}`);
  return {
    vaults,
    authority,
    privateAuthority: Object.values(CLOUDS).every((cloud) => cloud.authority !== authority),
    ...(await findNetwork(env, options)),
    requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
    loginTimeoutMs: options.loginTimeoutMs ?? 15_000,
  };
}

function findVaults(options: AzureOptions, env: ProviderEnv): Settings["vaults"] {
  const { vault = options.vaultUrl, vaults, cloud = "public" } = options;
  const given = vaults ?? (vault === undefined ? undefined : [vault]);
  if (given !== undefined) {
    const [first, ...others] = given.map((one) => parseVault(one, cloud, "The key vault"));
    if (first !== undefined) return [first, ...others];
  }
  const held = variable(env, "AZURE_KEYVAULT_URL");
  if (held === undefined) throw noVault();
  return [parseVault(held, cloud, "AZURE_KEYVAULT_URL")];
}
