import { isMetadataHost, SecretError } from "@vaultlink/core/provider";
import { type AuthMethod, type AuthOptions, type AzureOptions, schema } from "./options.ts";
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
const ALL_TAKE: ReadonlySet<string> = new Set(["method", "tenantId", "additionalTenants"]);
const PATHS = ["certificateFile", "tokenFile"] as const;

/** Checks the options. Throws `invalid_config`; names an option and never shows a value. */
export function checkOptions(options: AzureOptions): AzureOptions {
  const result = schema["~standard"].validate(options);
  if (result instanceof Promise) throw refuse("The options could not be checked.");
  if (result.issues) throw refuse(result.issues[0]?.message ?? "The options are not valid.");
  checkVaults(options);
  checkAuth(options.auth ?? {});
  if (options.ca !== undefined && options.caFile !== undefined) throw refuse('Give "ca" or "caFile", not both.');
  if (options.caFile !== undefined) checkPath("caFile", options.caFile);
  if (options.authorityHost !== undefined) checkAuthority('Option "authorityHost"', options.authorityHost);
  return options;
}

function checkVaults({ vault, vaultUrl, vaults, cloud = "public" }: AzureOptions): void {
  if ([vault, vaultUrl, vaults].filter((given) => given !== undefined).length > 1) {
    throw refuse('Give one of "vault", "vaultUrl" and "vaults".');
  }
  if (vault !== undefined && !isVaultName(vault)) {
    throw refuse('Option "vault" must be a key vault\'s name in lower case; an address goes into "vaultUrl".');
  }
  // In this one form, so that a secret's identifier finds its connection.
  if (vaultUrl !== undefined && parseVault(vaultUrl, cloud, 'Option "vaultUrl"').url !== vaultUrl) {
    throw refuse('Option "vaultUrl" must be https and a host in lower case, without a final slash.');
  }
  if (vaults?.length === 0) throw refuse('Option "vaults" must not be empty.');
  for (const one of vaults ?? []) parseVault(one, cloud, 'Option "vaults"');
}

function checkAuth(auth: AuthOptions): void {
  const { method } = auth;
  const given = (Object.keys(auth) as (keyof AuthOptions)[]).filter((name) => auth[name] !== undefined);
  const stray = method && given.find((name) => !ALL_TAKE.has(name) && !TAKES[method].includes(name));
  if (stray) throw refuse(`Option "auth.${stray}" is not for the method "${method}".`);
  for (const name of PATHS) {
    const path = auth[name];
    if (path !== undefined) checkPath(`auth.${name}`, path);
  }
  if ([auth.clientId, auth.resourceId, auth.objectId].filter((id) => id !== undefined).length > 1) {
    throw refuse('Give one of "auth.clientId", "auth.resourceId" and "auth.objectId".');
  }
  if (auth.tenantId !== undefined) checkTenant('Option "auth.tenantId"', auth.tenantId);
}

/** Throws `invalid_config` for what the SDK would refuse with the text in its message. */
export function checkTenant(what: string, tenant: string): string {
  if (!/^[0-9a-zA-Z.-]{1,100}$/.test(tenant)) throw refuse(`${what} must be a tenant's id or domain.`);
  return tenant;
}

/** Gives the address without a final slash. Throws `invalid_config` for what is no https address, or a cloud's metadata service. */
export function checkAuthority(what: string, text: string): string {
  const url = URL.parse(text);
  if (
    url?.protocol !== "https:" ||
    url.username !== "" ||
    url.password !== "" ||
    url.search !== "" ||
    url.hash !== ""
  ) {
    throw refuse(`${what} must be an https address such as https://login.microsoftonline.com.`);
  }
  if (isMetadataHost(url.hostname)) throw refuse(`${what} is that of a cloud's metadata service.`);
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function checkPath(name: string, path: string): void {
  if (!/^(?:\/|[A-Za-z]:[\\/])/.test(path)) throw refuse(`Option "${name}" must be an absolute path.`);
}

const refuse = (message: string): SecretError => new SecretError("invalid_config", message);
