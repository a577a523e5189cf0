import { type Context, type Session, SecretError } from "@vaultlink/core/provider";
import type { AzureOptions } from "./options.ts";
import { quieten } from "./quiet.ts";
import { createAsk } from "./ask.ts";
import { type Challenge, checkScope, rememberChallenges } from "./challenges.ts";
import { createClients } from "./clients.ts";
import type { Ground } from "./credentials/ground.ts";
import { MENDS, methodOf } from "./credentials/method.ts";
import { sourceOf } from "./credentials/sources.ts";
import { Tokens } from "./credentials/tokens.ts";
import { identityOf } from "./identity.ts";
import { list } from "./list.ts";
import { read, type Reader } from "./read.ts";
import { settle } from "./settings.ts";
import { openTransport } from "./transport.ts";
import { version } from "./version.ts";

/** Asks the first vault where to sign in, signs in, and learns who we are. Throws without a session half open. */
export async function open(options: AzureOptions, context: Context): Promise<Session> {
  const { env, signal, prompter, programEnv = env } = context;
  quieten();
  const settings = await settle(options, env);
  const auth = options.auth ?? {};
  const method = methodOf(auth, env);
  const hint = MENDS[method];
  const line = openTransport(settings);
  const challenges = rememberChallenges(line.client);
  const transport = { client: challenges.client, close: line.close };
  const closing = new AbortController();
  const close = (): void => {
    closing.abort();
    line.close();
  };
  try {
    const ask = createAsk({ hint, closing: closing.signal });
    const [vault] = settings.vaults;
    const challenge = expectChallenge(await ask("read", context, (ended) => challenges.of(vault, ended)));
    checkScope(challenge, vault);
    const ground: Ground = { auth, env, settings, transport: line, method, hint, programEnv };
    const { loginTimeoutMs } = settings;
    const source = sourceOf(method, ground);
    const tokens = new Tokens({ source, loginTimeoutMs, closing: closing.signal });
    const { token, refreshAfterTimestamp } = await tokens.get(challenge, signal, prompter);
    const identity = identityOf(token);
    const clients = createClients(transport, tokens, closing.signal);
    const reader: Reader = { ask, clients, vaults: settings.vaults, outdated: options.outdated ?? "give" };
    return {
      ...(identity !== undefined && { identity }),
      // Tokens are renewed inside the session; where a person signed in, nobody could open another for that.
      ...(refreshAfterTimestamp !== undefined && !source.person && { renewAt: refreshAfterTimestamp }),
      read: (locator, lent) => read(reader, locator, lent),
      version: (locator, lent) => version(reader, locator, lent),
      list: (query, lent) => list(reader, query, lent),
      close: async () => close(),
    };
  } catch (thrown) {
    close();
    throw thrown;
  }
}

function expectChallenge(challenge: Challenge | undefined): Challenge {
  if (challenge !== undefined) return challenge;
  throw new SecretError("unavailable", "What answers at the key vault's address does not say where to sign in.");
}
