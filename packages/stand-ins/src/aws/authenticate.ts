import type { Answer } from "../kit/backend.ts";
import { refusal } from "./answers.ts";
import type { Ask } from "./ask.ts";
import type { Credential } from "./principals.ts";
import type { AwsState } from "./state.ts";

/** How far the clocks of caller and service may differ, in ms. https://docs.aws.amazon.com/general/latest/gr/signing_aws_api_requests.html */
const SKEW = 5 * 60_000;

/** Who signed a request; nothing for an unknown or missing key. The signature itself is not checked. */
export function signer({ call }: Ask, state: AwsState): Credential | undefined {
  const key = /Credential=([^/,\s]+)\//.exec(call.headers.authorization ?? "")?.[1];
  return key === undefined ? undefined : state.principals.find(key);
}

/**
 * Lets a signed request in, or words the refusal. Names and statuses as the vendor's two protocols have them:
 * Secrets Manager says `ExpiredTokenException` with 400, STS `ExpiredToken` with 403.
 */
export function authenticate(ask: Ask, state: AwsState): Credential | Answer {
  const query = ask.wire === "query";
  const no = (code: string, message: string): Answer => refusal(ask.wire, query ? 403 : 400, code, message);
  if (ask.call.headers.authorization === undefined) {
    return no(
      query ? "MissingAuthenticationToken" : "MissingAuthenticationTokenException",
      "Missing Authentication Token",
    );
  }
  const credential = signer(ask, state);
  const unknown = query ? "InvalidClientTokenId" : "UnrecognizedClientException";
  if (!credential || state.principals.isRevoked(credential)) {
    return no(unknown, "The security token included in the request is invalid.");
  }
  const late = skewOf(ask, state);
  if (late !== undefined) return no(query ? "SignatureDoesNotMatch" : "InvalidSignatureException", late);
  if (credential.sessionToken !== ask.call.headers["x-amz-security-token"]) {
    return no(unknown, "The security token included in the request is invalid.");
  }
  if (state.principals.hasExpired(credential)) {
    return no(
      query ? "ExpiredToken" : "ExpiredTokenException",
      "The security token included in the request is expired",
    );
  }
  return credential;
}

function skewOf({ call }: Ask, state: AwsState): string | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(call.headers["x-amz-date"] ?? "")) ?? [];
  const signed = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const now = state.clock.now();
  if (signed < now - SKEW) return `Signature expired: ${stamp(signed)} is now earlier than ${stamp(now - SKEW)}`;
  if (signed > now + SKEW)
    return `Signature not yet current: ${stamp(signed)} is still later than ${stamp(now + SKEW)}`;
  return undefined;
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
}
