import type { Env } from "@vaultlink/core";
import type { ConnectionEntry } from "../../config/content.ts";
import { labelOf } from "../../third-party/source.ts";
import { whereIs } from "../../vault/where.ts";

/** Domains of Azure's key vaults. https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates */
const AZURE: Readonly<Record<string, string>> = {
  public: "vault.azure.net",
  china: "vault.azure.cn",
  "us-government": "vault.usgovcloudapi.net",
};

/** The address that a connection sends its requests to, or `undefined` where only its provider knows. */
export function targetOf(entry: ConnectionEntry, env: Env): URL | undefined {
  const where = new Map(whereIs(entry, env).map(({ what, value }) => [what, value]));
  const address = where.get("address") ?? where.get("endpoint") ?? where.get("url") ?? where.get("host");
  if (address !== undefined) {
    const url = URL.parse(address);
    return url?.protocol === "https:" || url?.protocol === "http:" ? url : undefined;
  }
  const [region, vault] = [where.get("region"), where.get("vault")];
  if (entry.provider === "azure" && vault !== undefined && /^[\w-]+$/.test(vault)) {
    const domain = AZURE[typeof entry["cloud"] === "string" ? entry["cloud"] : "public"];
    return domain === undefined ? undefined : new URL(`https://${vault}.${domain}`);
  }
  if (entry.provider !== "aws" || region === undefined || !/^[a-z0-9-]+$/.test(region)) return undefined;
  // https://docs.aws.amazon.com/general/latest/gr/asm.html
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return new URL(`https://secretsmanager${entry["fips"] === true ? "-fips" : ""}.${region}.${suffix}`);
}

/** The file of certificates that a connection trusts instead of the usual ones, if it has one. */
export function trustedFile({ provider, caFile }: ConnectionEntry, env: Env): string | undefined {
  if (typeof caFile === "string") return caFile;
  const variables = { hashicorp: ["BAO_CACERT", "VAULT_CACERT"], aws: ["AWS_CA_BUNDLE"] }[labelOf(provider)] ?? [];
  return variables.flatMap((name) => env[name]?.trim() || [])[0];
}
