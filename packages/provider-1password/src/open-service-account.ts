import {
  type Context,
  isSecretError,
  isSecureUrl,
  parseJsonObject,
  SecretError,
  type Session,
  textMember,
} from "@vaultlink/core/provider";
import type { AuthOf, CheckedOptions } from "./check-options.ts";
import { findToken, type TokenKind } from "./credential.ts";
import { networkOf } from "./env.ts";
import { createSession } from "./session.ts";
import { createThread } from "./thread.ts";

/** The command that gives a new token to whoever lost theirs. */
const HINT = "export OP_SERVICE_ACCOUNT_TOKEN=…";

const TOKEN: TokenKind = {
  variable: "OP_SERVICE_ACCOUNT_TOKEN",
  label: "Token of a 1Password service account",
  absent: "There is no token of a 1Password service account.",
  hint: HINT,
};

/** What is said where no method is configured: another one may be meant. */
const ABSENT = `${TOKEN.absent} For a Connect server set OP_CONNECT_HOST and OP_CONNECT_TOKEN; auth.method names another way.`;

/** Finds the token and signs in, in a thread of its own. */
export async function openServiceAccount(
  auth: AuthOf<"service-account">,
  { requestTimeoutMs, rememberMinutes }: CheckedOptions,
  context: Context,
): Promise<Session> {
  const kind = auth.isConfigured ? TOKEN : { ...TOKEN, absent: ABSENT };
  const token = await findToken(kind, auth.token, context);
  const { email, origin } = readToken(token);
  const runner = createThread({ credential: { by: "token", token, origin }, requestTimeoutMs }, networkOf(context.env));
  try {
    await runner.start(context.signal);
  } catch (thrown) {
    await runner.close();
    if (!isSecretError(thrown)) throw thrown;
    // The quota counts a login that fails too.
    throw new SecretError(thrown.code, thrown.message, { ...thrown.details, requests: runner.requests() });
  }
  return createSession({ runner, rememberMinutes, identity: `${email} at ${new URL(origin).host}` });
}

/**
 * Reads the origin of the account's server and the service account's name out of a token; the rest of it is keys. Throws
 * `unauthenticated` for what is no token, and for one whose address is not https, or http on loopback, or is a cloud's
 * metadata service.
 */
function readToken(token: string): { readonly origin: string; readonly email: string } {
  const encoded = /^ops_([\w-]{1,16384})$/.exec(token)?.[1] ?? "";
  const content = parseJsonObject(Buffer.from(encoded, "base64url").toString("utf8"));
  const [address, email] = [textMember(content, "signInAddress"), textMember(content, "email")];
  if (address === undefined || email === undefined || !/^[\x21-\x7e]{1,254}$/.test(email)) {
    throw refuse("This is not the token of a 1Password service account.");
  }
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`);
  if (url === null || !isSecureUrl(url)) throw refuse("The token's sign-in address is not one of 1Password's.");
  return { origin: url.origin, email };
}

const refuse = (message: string): SecretError => new SecretError("unauthenticated", message, { hint: HINT });
