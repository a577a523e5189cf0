import { type Env, type Prompter, isSecretError, type Vault } from "@vaultlink/core";
import type { Call } from "../server/call.ts";

export interface SignInOptions {
  readonly vault: Vault;
  readonly connection: string;
  readonly env: Env;
  readonly call: Call;
  /** Whether the client has a person who may be asked. */
  readonly interactive: boolean;
  /** Only if the connection is not open. */
  readonly ifNeeded: boolean;
  /** Credentials that are found go before the person. */
  readonly useFound?: boolean;
  readonly credentials?: Readonly<Record<string, unknown>> | undefined;
}

export interface SignedIn {
  readonly identity?: string;
  /** Whether a person gave credentials. */
  readonly byPerson: boolean;
}

/** Another client's person may decline so many times before this client's is not asked either. */
const MAX_JOINS = 3;

/** Opens a connection, with the person at the client where one is needed. Of two that need the same, one is asked. */
export async function signIn(options: SignInOptions): Promise<SignedIn> {
  const { vault, connection, env, call, credentials, useFound = false } = options;
  const person: Person = { isAsked: false, hasActed: false };
  const prompter = options.interactive ? relay(call, connection, person) : undefined;
  for (let joins = 0; ; joins++) {
    const open = options.ifNeeded ? openSession(options) : undefined;
    if (open !== undefined) return open;
    try {
      const { identity } = await vault.reauthenticate(connection, {
        env,
        signal: call.signal,
        ...(prompter && { prompter }),
        ...{ credentials, useFound },
      });
      return { ...(identity !== undefined && { identity }), byPerson: person.hasActed || credentials !== undefined };
    } catch (error) {
      // It was another client's person who declined, or whose terminal is gone: this one's is there.
      const elsewhere = isSecretError(error) && error.code === "aborted" && !person.isAsked && !call.signal.aborted;
      if (!elsewhere || prompter === undefined || joins >= MAX_JOINS) throw error;
    }
  }
}

function openSession({ vault, connection, env }: SignInOptions): SignedIn | undefined {
  const found = vault.status({ env }).connections.find(({ name }) => name === connection);
  if (found?.state !== "ready") return undefined;
  return { ...(found.identity !== undefined && { identity: found.identity }), byPerson: false };
}

/** What the person at this client was asked and did. */
interface Person {
  /** Whether anything was asked of them: then it is they who decline. */
  isAsked: boolean;
  /** Whether they typed something, or had a page to sign in on. */
  hasActed: boolean;
}

/** The person at the client, as a provider sees them. */
function relay(call: Call, connection: string, person: Person): Prompter {
  return {
    async ask({ label, secret }) {
      person.isAsked = true;
      const answer = await call.prompt({ connection, ask: { label, secret } });
      if (answer !== "") person.hasActed = true;
      return answer;
    },
    async open(url) {
      Object.assign(person, { isAsked: true, hasActed: true });
      await call.prompt({ connection, openUrl: { url } });
    },
    show(text) {
      // Whether it was seen makes no difference here.
      call.prompt({ connection, show: { text } }).catch(() => undefined);
    },
  };
}
