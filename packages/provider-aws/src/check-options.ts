import type { Filter, FilterNameStringType } from "@aws-sdk/client-secrets-manager";
import { checkFileOptions, checkSchema, checkTaken, invalidConfig, parseAddress } from "@vaultlink/core/provider";
import { isRoleArn } from "./arn.ts";
import { type AuthMethod, type AuthOptions, type AwsOptions, type RoleOptions, schema } from "./options.ts";

/** Which options each method takes; `found`: where none is given, and none implied. */
const TAKES: Readonly<Record<AuthMethod | "found", readonly (keyof AuthOptions)[]>> = {
  keys: ["accessKeyId", "secretAccessKey", "sessionToken", "mfaSerial"],
  environment: ["mfaSerial"],
  profile: ["profile"],
  "web-identity": ["tokenFile", "tokenRole"],
  container: [],
  instance: [],
  found: ["mfaSerial"],
};

/** Checks the options and settles the method where they imply one. Throws `invalid_config`; never shows a value. */
export function checkOptions(options: AwsOptions): AwsOptions {
  checkSchema(schema, options);
  const { account, endpoint, filters = [], region, role, stsEndpoint } = options;
  if (region !== undefined) checkRegion(region);
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw invalidConfig('Option "account" must be twelve digits.');
  if (endpoint !== undefined) checkEndpoint('Option "endpoint"', endpoint);
  if (stsEndpoint !== undefined) checkEndpoint('Option "stsEndpoint"', stsEndpoint);
  if (options.ca !== undefined && options.caFile !== undefined) throw invalidConfig('Give "ca" or "caFile", not both.');
  for (const filter of filters) {
    if (parseFilter(filter) === undefined) throw invalidConfig('An entry of "filters" looks like tag-key=team.');
  }
  const auth = checkAuth(options.auth ?? {});
  if (role !== undefined) checkRole(role);
  return { ...options, auth };
}

function checkAuth(auth: AuthOptions): AuthOptions {
  const method = auth.method ?? impliedMethod(auth);
  checkTaken(auth, method ?? "found", TAKES[method ?? "found"]);
  if (auth.sessionToken !== undefined && auth.mfaSerial !== undefined) {
    throw invalidConfig('Temporary keys take no MFA code: give "auth.sessionToken" or "auth.mfaSerial".');
  }
  checkFileOptions("auth", auth);
  if (auth.tokenRole !== undefined && !isRoleArn(auth.tokenRole))
    throw invalidConfig('Option "auth.tokenRole" must be a role\'s ARN.');
  return { ...auth, ...(method !== undefined && { method }) };
}

function impliedMethod(auth: AuthOptions): AuthMethod | undefined {
  if (auth.accessKeyId !== undefined || auth.secretAccessKey !== undefined) return "keys";
  if (auth.profile !== undefined) return "profile";
  return auth.tokenFile !== undefined || auth.tokenRole !== undefined ? "web-identity" : undefined;
}

function checkRole({ arn, sessionName, tags = [], via = [] }: RoleOptions): void {
  if (arn === undefined) throw invalidConfig('Option "role.arn" is required beside the others of "role".');
  if (!isRoleArn(arn)) throw invalidConfig('Option "role.arn" must be a role\'s ARN.');
  if (!via.every(isRoleArn)) throw invalidConfig('Option "role.via" must be a list of roles\' ARNs.');
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  if (sessionName !== undefined && !/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw invalidConfig('Option "role.sessionName" must be 2 to 64 letters, digits and _+=,.@-');
  }
  if (!tags.every((tag) => /^[^=]{1,128}=.{0,256}$/.test(tag)))
    throw invalidConfig('An entry of "role.tags" looks like key=value.');
}

/** Throws `invalid_config` for what could not be a region: it becomes a part of a host's name. */
export function checkRegion(region: string): string {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(region)) throw invalidConfig("A region looks like eu-west-1.");
  return region;
}

/** Throws `invalid_config` for an address that would send secrets in the clear, or holds more than an address. */
export function checkEndpoint(what: string, address: string): string {
  parseAddress(address, { what, example: "https://secretsmanager.eu-west-1.amazonaws.com" });
  return address;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html */
const KEYS: ReadonlySet<string> = new Set([
  "description",
  "name",
  "tag-key",
  "tag-value",
  "primary-region",
  "owning-service",
  "all",
] satisfies FilterNameStringType[]);

/** Reads `key=value`; a `!` before the value turns it around, as in the service itself. */
export function parseFilter(text: string): Filter | undefined {
  const [, key = "", value = ""] = /^([a-z-]+)=(!?[\w \-/+=.@:]{1,512})$/.exec(text) ?? [];
  return KEYS.has(key) ? { Key: key as FilterNameStringType, Values: [value] } : undefined;
}
