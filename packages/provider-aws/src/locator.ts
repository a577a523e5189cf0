import { invalidReference, type Locator, type ParsedIdentifier } from "@vaultlink/core/provider";
import { isRoleArn, parseSecretArn } from "./arn.ts";
import { fromPath, toPath } from "./names.ts";
import { checkScope, type Scope } from "./scope.ts";

/** A locator that can name something here. */
export interface Target {
  /** Name, ARN, or ARN without its last six characters. */
  readonly secretId: string;
  readonly versionId?: string;
  readonly stage?: string;
  /** A role to read it as. */
  readonly role?: string;
}

/** The service's own limits: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
const NAME = /^[A-Za-z0-9/_+=.@!-]{1,512}$/;
const VERSION_ID = /^[A-Za-z0-9-]{32,64}$/;
const STAGE = /^[\w/+=.@-]{1,256}$/;

/** Checks a locator, since the SDK sends anything. Throws `invalid_reference`; sends nothing. */
export function checkLocator({ path, query }: Locator, scope: Scope): Target {
  const secretId = checkPath(path);
  const { version, stage, role, ...others } = query;
  if (Object.keys(others).length > 0)
    throw invalidReference("The qualifiers of this vault are ?version=, ?stage= and ?role=.");
  const versioned = checkVersion(version, stage);
  if (role !== undefined && !isRoleArn(role)) throw invalidReference("?role= is the ARN of a role.");
  const target = { secretId, ...versioned, ...(role !== undefined && { role }) };
  checkScope(target, scope);
  return target;
}

/** Whether a target is the current value, read with the session's own credentials: a batch gives only those. */
export function isPlain({ versionId, stage, role }: Target): boolean {
  return versionId === undefined && stage === undefined && role === undefined;
}

function checkPath(path: string): string {
  const secretId = fromPath(path);
  if (!secretId.startsWith("arn:")) {
    if (!NAME.test(secretId)) throw invalidReference("A secret's name is up to 512 letters, digits and /_+=.@-!");
    return secretId;
  }
  if (parseSecretArn(secretId) === undefined) throw invalidReference("This is not the ARN of a secret.");
  return secretId;
}

/** `?version=` is an id if it could be one (32 to 64 letters, digits and hyphens), else a stage; `?stage=` is a stage. */
function checkVersion(version: string | undefined, stage: string | undefined): Pick<Target, "versionId" | "stage"> {
  const isId = version !== undefined && VERSION_ID.test(version);
  if (version !== undefined && !isId && stage !== undefined) {
    throw invalidReference("Beside ?stage=, ?version= is a version's id of 32 to 64 letters, digits and hyphens.");
  }
  const label = stage ?? (isId ? undefined : version);
  if (label !== undefined && !STAGE.test(label))
    throw invalidReference("A stage is up to 256 letters, digits and _/+=.@-");
  return { ...(isId && { versionId: version }), ...(label !== undefined && { stage: label }) };
}

/** Understands the ARN of a secret. A connection serves it if its region and account, where it has them, are the ARN's. */
export function parseIdentifier(identifier: string): ParsedIdentifier | undefined {
  const arn = parseSecretArn(identifier);
  if (arn === undefined) return undefined;
  const { region, account } = arn;
  return { locator: { path: toPath(identifier), query: {} }, where: { region, account } };
}
