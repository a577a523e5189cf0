import { type Interact, isSecretError, SecretError } from "@vaultlink/core";
import { identityOf } from "../identity.ts";
import { raced } from "../raced.ts";
import type { Source, Token, TokenAsk } from "./source.ts";

/** How long before its end a token is renewed, in ms: later than the SDK would, which else gives the old one again. */
const EARLY = 4.5 * 60_000;

type Wanted = Pick<TokenAsk, "scope" | "tenantId" | "claims">;

/**
 * The tokens of one session: one for all its vaults, obtained once for all who wait. The SDK keeps some by itself, each
 * client its own, and those of `az` not at all: every vault and every hour would start it again.
 */
export class Tokens {
  readonly #source: Source;
  readonly #loginTimeoutMs: number;
  readonly #closing: AbortSignal;
  readonly #held = new Map<string, Token>();
  readonly #flights = new Map<string, Promise<Token>>();
  /** Who each kind of token was for, the first time. */
  readonly #identities = new Map<string, string | undefined>();

  constructor(about: { readonly source: Source; readonly loginTimeoutMs: number; readonly closing: AbortSignal }) {
    this.#source = about.source;
    this.#loginTimeoutMs = about.loginTimeoutMs;
    this.#closing = about.closing;
  }

  /**
   * A token that holds. Throws what the way of signing in throws, `timeout` when that takes too long, and
   * `unauthenticated` when somebody else has signed in meanwhile. A caller who gives up does not disturb the others.
   */
  async get(wanted: Wanted, signal: AbortSignal, interact?: Interact): Promise<Token> {
    const key = JSON.stringify([wanted.scope, wanted.tenantId]);
    // What Entra demands anew is not in what we hold.
    const held = wanted.claims === undefined ? this.#held.get(key) : undefined;
    if (held !== undefined && Date.now() < held.expiresOnTimestamp - EARLY) return held;
    try {
      const kind = wanted.claims === undefined ? key : `${key}${wanted.claims}`;
      let flight = this.#flights.get(kind);
      if (flight === undefined) {
        flight = this.#obtain(key, wanted, interact).finally(() => this.#flights.delete(kind));
        flight.catch(() => {});
        this.#flights.set(kind, flight);
      }
      return await raced(flight, signal);
    } catch (thrown) {
      // Renewing begins early, so that it may fail for a while.
      if (held !== undefined && Date.now() < held.expiresOnTimestamp && !signal.aborted && passes(thrown)) return held;
      throw thrown;
    }
  }

  async #obtain(key: string, wanted: Wanted, interact: Interact | undefined): Promise<Token> {
    const token = await this.#inTime({ ...wanted, ...(interact && { interact }) });
    const identity = identityOf(token.token);
    if (this.#identities.has(key) && this.#identities.get(key) !== identity) {
      throw new SecretError("unauthenticated", "Somebody else has signed in to Azure since.", {
        mend: "vaultlink reauth",
      });
    }
    this.#identities.set(key, identity);
    this.#held.set(key, token);
    return token;
  }

  /** The SDK has no end of its own while it signs in; a person has. */
  async #inTime(ask: Omit<TokenAsk, "signal">): Promise<Token> {
    if (this.#source.person && ask.interact !== undefined) return this.#source.token({ ...ask, signal: this.#closing });
    const late = AbortSignal.timeout(this.#loginTimeoutMs);
    const signal = AbortSignal.any([this.#closing, late]);
    try {
      return await raced(this.#source.token({ ...ask, signal }), signal);
    } catch (thrown) {
      if (!late.aborted || this.#closing.aborted) throw thrown;
      throw new SecretError("timeout", "Signing in to Azure took longer than it may.", { mend: this.#source.mend });
    }
  }
}

/** Whether a failure to renew may pass by itself before the old token ends. */
function passes(thrown: unknown): boolean {
  return isSecretError(thrown) && ["unavailable", "throttled", "timeout"].includes(thrown.code);
}
