import type { ParsedIdentifier } from "@vaultlink/core/provider";
import { cloudOf } from "./clouds.ts";
import { isSecretName, isVersion } from "./locator.ts";

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
