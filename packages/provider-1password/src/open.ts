import { type Context, isSecretError, SecretError, type Session } from "@vaultlink/core";
import { findToken } from "./credential.ts";
import { networkOf } from "./env.ts";
import { createMemo } from "./memo.ts";
import type { Settings } from "./options.ts";
import { createSession } from "./session.ts";
import { createThread } from "./thread.ts";
import { readToken } from "./token.ts";

/** Finds the token and signs in, in a thread of its own. Throws without a session half open. */
export async function open(settings: Settings, context: Context): Promise<Session> {
  const { requestTimeoutMs, rememberMinutes } = settings;
  const token = await findToken(settings.token, context);
  const { email, origin } = readToken(token);
  const thread = createThread({ token, origin, requestTimeoutMs }, networkOf(context.env));
  try {
    await thread.start(context.signal);
  } catch (thrown) {
    await thread.close();
    throw isSecretError(thrown) ? withRequests(thrown, thread.requests()) : thrown;
  }
  const memo = createMemo(rememberMinutes, () => performance.now());
  return createSession({ thread, memo, identity: `${email} at ${new URL(origin).host}` });
}

/** The quota counts a login that fails too. */
function withRequests({ code, details, message }: SecretError, requests: number): SecretError {
  return new SecretError(code, message, { ...details, requests });
}
