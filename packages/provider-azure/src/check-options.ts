import {
  checkFileOptions,
  checkPathOption,
  checkSchema,
  checkTaken,
  invalidConfig,
  parseAddress,
} from "@vaultlink/core/provider";
import { type AuthMethod, type AuthOptions, type AzureOptions, schema } from "./options.ts";
import type { CloudName } from "./clouds.ts";
import { isVaultName, parseVault } from "./vault-address.ts";

/** Which options each method takes, beside those that all take. */
const TAKES: Readonly<Record<AuthMethod, readonly (keyof AuthOptions)[]>> = {
  default: ["clientId", "chain"],
  "client-secret": ["clientId", "clientSecret"],
  "client-certificate": ["clientId", "certificateFile", "certificatePassword"],
  "client-assertion": ["clientId", "tokenFile", "assertion"],
  "workload-identity": ["clientId", "tokenFile"],
  "managed-identity": ["clientId", "resourceId", "objectId"],
  pipelines: ["clientId", "serviceConnectionId", "systemAccessToken"],
  cli: ["subscription"],
  browser: ["clientId"],
  "device-code": ["clientId"],
};
const ALL_TAKE = ["tenantId", "additionalTenants"];

/** Checks the options. Throws `invalid_config`; names an option and never shows a value. */
export function checkOptions(options: AzureOptions): AzureOptions {
  checkSchema(schema, options);
  checkVaults(options);
  checkAuth(options.auth ?? {});
  if (options.ca !== undefined && options.caFile !== undefined) throw invalidConfig('Give "ca" or "caFile", not both.');
  checkPathOption("caFile", options.caFile);
  if (options.authorityHost !== undefined) checkAuthority('Option "authorityHost"', options.authorityHost);
  return options;
}

function checkVaults({ vault, vaultUrl, vaults, cloud = "public" }: AzureOptions): void {
  if ([vault, vaultUrl, vaults].filter((given) => given !== undefined).length > 1) {
    throw invalidConfig('Give one of "vault", "vaultUrl" and "vaults".');
  }
  if (vault !== undefined && !isVaultName(vault)) {
    throw invalidConfig(
      'Option "vault" must be a key vault\'s name in lower case; an address is given as "vaultUrl", or --vault-url.',
      hintFor(vault, cloud),
    );
  }
  // In this one form, so that a secret's identifier finds its connection.
  if (vaultUrl !== undefined && parseVault(vaultUrl, cloud, 'Option "vaultUrl"').url !== vaultUrl) {
    throw invalidConfig('Option "vaultUrl" must be https and a host in lower case, without a final slash.');
  }
  if (vaults?.length === 0) throw invalidConfig('Option "vaults" must not be empty.');
  for (const one of vaults ?? []) parseVault(one, cloud, 'Option "vaults"');
}

/** The flag that takes the address, if it is one. */
function hintFor(text: string, cloud: CloudName): string | undefined {
  try {
    return `vaultlink connect azure --vault-url ${parseVault(text, cloud, "It").url}`;
  } catch {
    return undefined;
  }
}

function checkAuth(auth: AuthOptions): void {
  const { method } = auth;
  if (method !== undefined) checkTaken(auth, method, [...ALL_TAKE, ...TAKES[method]]);
  checkFileOptions("auth", auth);
  if ([auth.clientId, auth.resourceId, auth.objectId].filter((id) => id !== undefined).length > 1) {
    throw invalidConfig('Give one of "auth.clientId", "auth.resourceId" and "auth.objectId".');
  }
  if (auth.tenantId !== undefined) checkTenant('Option "auth.tenantId"', auth.tenantId);
}

/** Throws `invalid_config` for what the SDK would refuse with the text in its message. */
export function checkTenant(what: string, tenant: string): string {
  if (!/^[0-9a-zA-Z.-]{1,100}$/.test(tenant)) throw invalidConfig(`${what} must be a tenant's id or domain.`);
  return tenant;
}

/** Gives the address without a final slash. Throws `invalid_config` for what is no https address, or a cloud's metadata service. */
export function checkAuthority(what: string, text: string): string {
  return parseAddress(text, { what, example: "https://login.microsoftonline.com", httpsOnly: true });
}
