import { type Context, isSecretError, SecretError, type Session } from "@vaultlink/core/provider";
import { SDK_COSTS } from "./costs.ts";
import { findToken, type TokenKind } from "./credential.ts";
import { networkOf } from "./env.ts";
import { createSession } from "./session.ts";
import { createThread } from "./thread.ts";
import { HINT, readToken } from "./token.ts";

const TOKEN: TokenKind = {
  variable: "OP_SERVICE_ACCOUNT_TOKEN",
  label: "Token of a 1Password service account",
  absent: "There is no token of a 1Password service account.",
  hint: HINT,
};

/** What is said where no method is configured: another one may be meant. */
const ABSENT = `${TOKEN.absent} For a Connect server set OP_CONNECT_HOST and OP_CONNECT_TOKEN; auth.method names another way.`;

export interface ServiceAccountSettings {
  readonly token: string | undefined;
  /** Whether the method was named. */
  readonly isConfigured: boolean;
  readonly requestTimeoutMs: number;
  readonly rememberMinutes: number;
}

/** Finds the token and signs in, in a thread of its own. */
export async function openServiceAccount(settings: ServiceAccountSettings, context: Context): Promise<Session> {
  const { requestTimeoutMs, rememberMinutes } = settings;
  const kind = settings.isConfigured ? TOKEN : { ...TOKEN, absent: ABSENT };
  const token = await findToken(kind, settings.token, context);
  const { email, origin } = readToken(token);
  const runner = createThread({ credential: { by: "token", token, origin }, requestTimeoutMs }, networkOf(context.env));
  try {
    await runner.start(context.signal);
  } catch (thrown) {
    await runner.close();
    throw isSecretError(thrown) ? withRequests(thrown, runner.requests()) : thrown;
  }
  return createSession({ runner, rememberMinutes, costs: SDK_COSTS, identity: `${email} at ${new URL(origin).host}` });
}

/** The quota counts a login that fails too. */
function withRequests({ code, details, message }: SecretError, requests: number): SecretError {
  return new SecretError(code, message, { ...details, requests });
}
