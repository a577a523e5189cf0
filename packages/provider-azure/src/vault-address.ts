import { isLoopbackHost, isMetadataHost, SecretError } from "@vaultlink/core/provider";
import { cloudOf, CLOUDS, type CloudName } from "./clouds.ts";

/** A key vault that this connection may ask. */
export interface VaultAddress {
  /** `https://` and a host, without a path. */
  readonly url: string;
  /** As a reference may write it, with its port if it has one. */
  readonly host: string;
  /** In Azure's own clouds the host's first part, by which a reference may name it too. */
  readonly name: string;
  readonly loopback: boolean;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault */
const NAME = /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/;
const HINT = "export AZURE_KEYVAULT_URL=https://my-vault.vault.azure.net";

/** Whether a text could be a key vault's name: 3 to 24 letters, digits and hyphens, in lower case. */
export const isVaultName = (text: string): boolean => NAME.test(text) && !text.includes("--");

/**
 * Understands a vault's name or address. Throws `invalid_config` for neither; plain http is refused even on loopback,
 * since the SDK sends no token over it. `what` names the option or variable; the text itself is never shown.
 */
export function parseVault(text: string, cloud: CloudName, what: string): VaultAddress {
  // Names of vaults, as of hosts, count in any case.
  const name = text.toLowerCase();
  if (isVaultName(name)) {
    const host = `${name}.${CLOUDS[cloud].domain}`;
    return { url: `https://${host}`, host, name, loopback: false };
  }
  // `new URL` would put the text on its error.
  const url = URL.parse(text);
  const bare = url !== null && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (url?.protocol !== "https:" || !bare || url.pathname !== "/" || isNoVault(url.hostname)) {
    throw new SecretError(
      "invalid_config",
      `${what} must be a key vault's name, or its https address such as https://my-vault.vault.azure.net.`,
      { hint: HINT },
    );
  }
  const called = cloudOf(url.hostname) === undefined ? url.host : (url.hostname.split(".")[0] ?? "");
  return { url: url.origin, host: url.host, name: called, loopback: isLoopbackHost(url.hostname) };
}

/** Whatever is called metadata, too: no key vault may be. */
const isNoVault = (hostname: string): boolean => isMetadataHost(hostname) || hostname.startsWith("metadata.");

/** What to say where no vault is configured at all. */
export const noVault = (): SecretError =>
  new SecretError("invalid_config", "No key vault is configured, and AZURE_KEYVAULT_URL is not set.", { hint: HINT });
