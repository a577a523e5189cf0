import type { Answer } from "../kit/backend.ts";
import { type Fields, refusal, xml } from "./answers.ts";
import { type Ask, text } from "./ask.ts";
import { authenticate } from "./authenticate.ts";
import type { Credential } from "./principals.ts";
import type { SeedPrincipal, SeedRole } from "./seed.ts";
import type { AwsState } from "./state.ts";

/** The security token service, over the query protocol. */
export function sts(ask: Ask, state: AwsState): Answer {
  // The token is what vouches here: the request is not signed.
  if (ask.operation === "AssumeRoleWithWebIdentity") return assumeWithToken(ask, state);
  const asker = authenticate(ask, state);
  if ("status" in asker) return asker;
  switch (ask.operation) {
    case "GetCallerIdentity":
      return xml("GetCallerIdentity", { Arn: asker.arn, UserId: asker.userId, Account: asker.who.account });
    case "AssumeRole":
      return assume(ask, asker, state);
    case "GetSessionToken":
      return sessionToken(ask, asker, state);
    default:
      return refusal("query", 400, "InvalidAction", "Could not find operation.");
  }
}

function assume(ask: Ask, asker: Credential, state: AwsState): Answer {
  const arn = text(ask, "RoleArn") ?? "";
  const role = state.seed.roles[arn];
  const denied = refusal(
    "query",
    403,
    "AccessDenied",
    `User: ${asker.arn} is not authorized to perform: sts:AssumeRole`,
  );
  if (!role || !asker.who.assumes.includes(arn)) return denied;
  if (role.externalId !== undefined && text(ask, "ExternalId") !== role.externalId) return denied;
  if (!Object.entries(role.requiredTags ?? {}).every(([name, value]) => tagsOf(ask).get(name) === value)) return denied;
  if (role.mfaSerial !== undefined) {
    const wrong = wrongCode(ask, role);
    if (wrong) return text(ask, "TokenCode") === undefined ? denied : wrong;
  }
  return give("AssumeRole", ask, arn, role, state);
}

/** Lists of the query protocol are numbered: `Tags.member.1.Key`. */
function tagsOf(ask: Ask): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (let at = 1; text(ask, `Tags.member.${at}.Key`) !== undefined; at++) {
    tags.set(text(ask, `Tags.member.${at}.Key`) ?? "", text(ask, `Tags.member.${at}.Value`) ?? "");
  }
  return tags;
}

function assumeWithToken(ask: Ask, state: AwsState): Answer {
  const arn = text(ask, "RoleArn") ?? "";
  const role = state.seed.roles[arn];
  const token = text(ask, "WebIdentityToken");
  if (token === `${state.seed.webToken}-expired`) {
    return refusal(
      "query",
      400,
      "ExpiredTokenException",
      "Token expired: current date/time must be before the expiration",
    );
  }
  if (token !== state.seed.webToken) {
    return refusal(
      "query",
      400,
      "InvalidIdentityToken",
      "Couldn't retrieve verification key from your identity provider",
    );
  }
  if (!role) return refusal("query", 403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
  return give("AssumeRoleWithWebIdentity", ask, arn, role, state);
}

function sessionToken(ask: Ask, asker: Credential, state: AwsState): Answer {
  const keys = Object.values(state.seed.users).find(({ arn }) => arn === asker.arn)?.keys;
  const wrong = keys && wrongCode(ask, keys);
  if (wrong) return wrong;
  const credential = state.principals.issue(asker.label, asker.who, {
    seconds: seconds(ask, state, 43_200),
    mfa: true,
  });
  return xml("GetSessionToken", { Credentials: credentialsOf(credential) });
}

function wrongCode(ask: Ask, { mfaSerial, mfaCode }: SeedRole): Answer | undefined {
  if (text(ask, "SerialNumber") === mfaSerial && text(ask, "TokenCode") === mfaCode) return undefined;
  return refusal("query", 403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.");
}

function give(action: string, ask: Ask, arn: string, role: SeedPrincipal, state: AwsState): Answer {
  const session = text(ask, "RoleSessionName") ?? "unnamed";
  const label = arn.slice(arn.lastIndexOf("/") + 1);
  const credential = state.principals.issue(label, role, { session, seconds: seconds(ask, state, 3600) });
  return xml(action, {
    Credentials: credentialsOf(credential),
    AssumedRoleUser: { Arn: credential.arn, AssumedRoleId: credential.userId },
  });
}

function seconds(ask: Ask, { settings }: AwsState, usual: number): number {
  return settings.roleSeconds || Number(text(ask, "DurationSeconds") ?? usual);
}

function credentialsOf({ accessKeyId, secretAccessKey, sessionToken: token = "", expiresAt = 0 }: Credential): Fields {
  const Expiration = new Date(expiresAt).toISOString();
  return { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: token, Expiration };
}
