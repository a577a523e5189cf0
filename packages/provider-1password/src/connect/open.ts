import { createHash } from "node:crypto";
import {
  type Context,
  findNetwork,
  invalidConfig,
  type ProviderEnv,
  SecretError,
  type Session,
  variable,
} from "@vaultlink/core/provider";
import { type AuthOf, type CheckedOptions, HOST_HINT, parseHost } from "../check-options.ts";
import { findToken, type TokenKind } from "../credential.ts";
import { createSession } from "../session.ts";
import { createApi } from "./api.ts";
import { createConnectRunner } from "./job-runner.ts";
import { HINT } from "./error-rules.ts";
import { openTransport } from "./transport.ts";

const TOKEN: TokenKind = {
  variable: "OP_CONNECT_TOKEN",
  label: "Token of the 1Password Connect server",
  absent: "There is no token of a 1Password Connect server.",
  hint: HINT,
};

/** Finds host and token, and proves them by asking for the vaults. */
export async function openConnect(
  { host, token: configured }: AuthOf<"connect">,
  { rememberMinutes, requestTimeoutMs }: CheckedOptions,
  context: Context,
): Promise<Session> {
  const { env, signal } = context;
  const address = host ?? hostOf(env);
  const token = checkToken(await findToken(TOKEN, configured, context));
  // Plain http is for loopback, where there are no certificates, and a proxy would see the token.
  const network = address.startsWith("https:") ? await findNetwork(env) : {};
  const transport = openTransport({ address, token, network, requestTimeoutMs });
  const runner = createConnectRunner(createApi(transport), () => transport.close());
  try {
    await runner.run({ type: "list", folder: [] }, signal);
  } catch (thrown) {
    await runner.close();
    throw thrown;
  }
  // The server tells nobody who a token belongs to, and each sees vaults of its own. A token is too long to be guessed by this.
  const mark = createHash("sha256").update(`vaultlink identity\n${address}\n${token}`).digest("hex").slice(0, 16);
  return createSession({ runner, rememberMinutes, identity: `Connect token ${mark} at ${new URL(address).host}` });
}

function hostOf(env: ProviderEnv): string {
  const held = variable(env, "OP_CONNECT_HOST");
  if (held !== undefined) return parseHost(held, "OP_CONNECT_HOST");
  throw invalidConfig("No Connect server is configured, and OP_CONNECT_HOST is not set.", HOST_HINT);
}

/** Throws `unauthenticated` for what no header can carry. */
function checkToken(token: string): string {
  if (/^[\x21-\x7e]{1,16384}$/.test(token)) return token;
  throw new SecretError("unauthenticated", "This is not the token of a 1Password Connect server.", { hint: HINT });
}
