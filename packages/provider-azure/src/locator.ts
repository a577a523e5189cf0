import { invalidReference, type Locator, type ParsedIdentifier, SecretError } from "@vaultlink/core/provider";
import { cloudOf } from "./clouds.ts";
import type { VaultAddress } from "./vault-address.ts";

/** A locator that can name something in one of the connection's vaults. */
export interface Target {
  readonly vault: VaultAddress;
  readonly name: string;
  /** 32 hexadecimal digits; absent means the newest. */
  readonly version?: string;
  /** Whether the text is base64 that stands for bytes. */
  readonly binary: boolean;
}

/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#objects-identifiers-and-versioning */
export const isSecretName = (text: string): boolean => /^[0-9a-zA-Z-]{1,127}$/.test(text);
export const isVersion = (text: string): boolean => /^[0-9a-fA-F]{32}$/.test(text);

/**
 * Checks a locator: a name, or a vault and a name. The SDK would send anything. Throws `invalid_reference`, and
 * `invalid_config` for a vault that the connection does not list; sends nothing.
 */
export function checkLocator({ path, query }: Locator, vaults: readonly VaultAddress[]): Target {
  const segments = path.split("/");
  const name = segments.at(-1) ?? "";
  if (segments.length > 2) throw invalidReference("A secret's path is its name, or a key vault and its name.");
  if (!isSecretName(name)) throw invalidReference("A secret's name is 1 to 127 letters, digits and hyphens.");
  const { version, encoding, ...others } = query;
  if (Object.keys(others).length > 0)
    throw invalidReference("The qualifiers of this vault are ?version= and ?encoding=.");
  if (version !== undefined && !isVersion(version)) throw invalidReference("A version is 32 hexadecimal digits.");
  if (encoding !== undefined && encoding !== "base64") throw invalidReference("The only encoding is base64.");
  const vault = findVault(segments.length === 2 ? segments[0] : undefined, vaults);
  return {
    vault,
    name,
    binary: encoding === "base64",
    ...(version !== undefined && { version: version.toLowerCase() }),
  };
}

/** The vault that a reference names; the first one if it names none. */
export function findVault(given: string | undefined, vaults: readonly VaultAddress[]): VaultAddress {
  const wanted = given?.toLowerCase();
  const found = wanted === undefined ? vaults[0] : vaults.find(({ host, name }) => wanted === host || wanted === name);
  if (found !== undefined) return found;
  // A reference comes from a file that others write: it may not send our token to a vault of their choice.
  throw new SecretError("invalid_config", "The reference names a key vault that this connection does not list.", {
    hint: 'add it to the connection\'s option "vaults"',
  });
}

/**
 * Understands a secret's identifier: `https://my-vault.vault.azure.net/secrets/name`, and its version if it has one.
 * Only of Azure's own clouds: any other address could be anybody's.
 */
export function parseIdentifier(identifier: string): ParsedIdentifier | undefined {
  if (!/^https:\/\//i.test(identifier) || identifier.length > 512) return undefined;
  const url = URL.parse(identifier);
  if (url === null || url.port !== "" || url.username !== "" || url.password !== "" || url.search !== "")
    return undefined;
  const [, area, name = "", version, ...rest] = url.pathname.replace(/\/$/, "").split("/");
  const cloud = cloudOf(url.hostname);
  if (cloud === undefined || area?.toLowerCase() !== "secrets" || rest.length > 0 || !isSecretName(name))
    return undefined;
  if (version !== undefined && !isVersion(version)) return undefined;
  const field = url.hash === "" ? undefined : url.hash.slice(1);
  if (field !== undefined) return undefined;
  const vault = url.hostname.slice(0, url.hostname.indexOf("."));
  return {
    locator: { path: `${url.hostname}/${name}`, query: version === undefined ? {} : { version } },
    where: { vault, vaultUrl: url.origin, ...(cloud !== "public" && { cloud }) },
  };
}
