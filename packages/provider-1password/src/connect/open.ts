import { createHmac, randomBytes } from "node:crypto";
import { type Context, SecretError, type Session } from "@vaultlink/core/provider";
import { CONNECT_COSTS } from "../costs.ts";
import { findToken, type TokenKind } from "../credential.ts";
import { type Env, variable } from "../env.ts";
import { createMemo } from "../memo.ts";
import { createSession } from "../session.ts";
import { createApi } from "./api.ts";
import { parseHost } from "./host.ts";
import { createLine } from "./line.ts";
import { findNetwork } from "./network.ts";
import { MEND } from "./rows.ts";
import { openTransport } from "./transport.ts";

const TOKEN: TokenKind = {
  variable: "OP_CONNECT_TOKEN",
  label: "Token of the 1Password Connect server",
  absent: "There is no token of a 1Password Connect server.",
  hint: MEND,
};

/** Makes a token's mark, which tells tokens apart and nothing about them. */
const KEY: Buffer = randomBytes(32);

export interface ConnectSettings {
  readonly token: string | undefined;
  readonly host: string | undefined;
  readonly requestTimeoutMs: number;
  readonly rememberMinutes: number;
}

/** Finds host and token, and proves them by asking for the vaults. */
export async function openConnect(settings: ConnectSettings, context: Context): Promise<Session> {
  const { rememberMinutes, requestTimeoutMs } = settings;
  const { env, signal } = context;
  const address = settings.host ?? hostOf(env);
  const token = checkToken(await findToken(TOKEN, settings.token, context));
  // Plain http is for loopback, where there are no certificates, and a proxy would see the token.
  const network = address.startsWith("https:") ? await findNetwork(env) : {};
  const transport = openTransport({ address, token, network, requestTimeoutMs });
  const line = createLine(createApi(transport), () => transport.close());
  try {
    await line.run({ type: "list", folder: [] }, signal);
  } catch (thrown) {
    await line.close();
    throw thrown;
  }
  // The server tells nobody who a token belongs to, and each sees vaults of its own.
  const mark = createHmac("sha256", KEY).update(`${address}\n${token}`).digest("hex").slice(0, 16);
  const memo = createMemo(rememberMinutes, () => performance.now());
  return createSession({
    line,
    memo,
    costs: CONNECT_COSTS,
    identity: `Connect token ${mark} at ${new URL(address).host}`,
  });
}

function hostOf(env: Env): string {
  const held = variable(env, "OP_CONNECT_HOST");
  if (held !== undefined) return parseHost(held, "OP_CONNECT_HOST");
  throw new SecretError("invalid_config", "No Connect server is configured, and OP_CONNECT_HOST is not set.", {
    hint: "export OP_CONNECT_HOST=https://connect.example.com",
  });
}

/** Throws `unauthenticated` for what no header can carry. */
function checkToken(token: string): string {
  if (/^[\x21-\x7e]{1,16384}$/.test(token)) return token;
  throw new SecretError("unauthenticated", "This is not the token of a 1Password Connect server.", { hint: MEND });
}
