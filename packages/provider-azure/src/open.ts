import { type Context, personToAskFirst, type Session, SecretError } from "@vaultlink/core/provider";
import type { AzureOptions } from "./options.ts";
import { silenceLogs } from "./silence-logs.ts";
import { createRequester } from "./request.ts";
import { type Challenge, checkScope, rememberChallenges } from "./challenges.ts";
import { createClients } from "./clients.ts";
import type { CredentialContext } from "./credentials/credential-context.ts";
import { HINTS, methodOf, sourceOf } from "./credentials/sources.ts";
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
  silenceLogs();
  const settings = await settle(options, env);
  const auth = options.auth ?? {};
  const askFirst = personToAskFirst(context);
  const method = methodOf(auth, env, askFirst !== undefined);
  const hint = HINTS[method];
  const transport = openTransport(settings);
  const challenges = rememberChallenges(transport.client);
  const closing = new AbortController();
  const close = (): void => {
    closing.abort();
    transport.close();
  };
  try {
    const request = createRequester({ hint, closing: closing.signal });
    const [vault] = settings.vaults;
    const challenge = expectChallenge(await request("read", context, (ended) => challenges.of(vault, ended)));
    checkScope(challenge, vault);
    const credentials: CredentialContext = {
      ...{ auth, env, settings, transport, method, hint, programEnv, askFirst },
    };
    const { loginTimeoutMs } = settings;
    const source = sourceOf(method, credentials);
    const tokens = new Tokens({ source, loginTimeoutMs, closing: closing.signal });
    const { token, refreshAfterTimestamp } = await tokens.get(challenge, signal, prompter);
    const identity = identityOf(token);
    const clients = createClients(challenges.client, tokens, closing.signal);
    const reader: Reader = { request, clients, vaults: settings.vaults, outdated: options.outdated ?? "give" };
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
  throw new SecretError("unavailable", "What answers at the key vault's address does not say where to sign in.", {
    native: { status: 401 },
  });
}
