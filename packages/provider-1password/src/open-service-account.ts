import { type Context, isSecretError, SecretError, type Session } from "@vaultlink/core/provider";
import { SDK_COSTS } from "./costs.ts";
import { findToken, type TokenKind } from "./credential.ts";
import { networkOf } from "./env.ts";
import { createIdCache } from "./id-cache.ts";
import { createSession } from "./session.ts";
import { createThread } from "./thread.ts";
import { HINT, readToken } from "./token.ts";

const TOKEN: TokenKind = {
  variable: "OP_SERVICE_ACCOUNT_TOKEN",
  label: "Token of a 1Password service account",
  absent: "There is no token of a 1Password service account.",
  hint: HINT,
};

export interface ServiceAccountSettings {
  readonly token: string | undefined;
  readonly requestTimeoutMs: number;
  readonly rememberMinutes: number;
}

/** Finds the token and signs in, in a thread of its own. */
export async function openServiceAccount(settings: ServiceAccountSettings, context: Context): Promise<Session> {
  const { requestTimeoutMs, rememberMinutes } = settings;
  const token = await findToken(TOKEN, settings.token, context);
  const { email, origin } = readToken(token);
  const runner = createThread({ credential: { by: "token", token, origin }, requestTimeoutMs }, networkOf(context.env));
  try {
    await runner.start(context.signal);
  } catch (thrown) {
    await runner.close();
    throw isSecretError(thrown) ? withRequests(thrown, runner.requests()) : thrown;
  }
  const idCache = createIdCache(rememberMinutes, () => performance.now());
  return createSession({ runner, idCache, costs: SDK_COSTS, identity: `${email} at ${new URL(origin).host}` });
}

/** The quota counts a login that fails too. */
function withRequests({ code, details, message }: SecretError, requests: number): SecretError {
  return new SecretError(code, message, { ...details, requests });
}
