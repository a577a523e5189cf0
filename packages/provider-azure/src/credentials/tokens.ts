import { abortable, isSecretError, type Prompter, SecretError } from "@vaultlink/core/provider";
import { identityOf } from "../identity.ts";
import type { Source, Token, TokenRequest } from "./source.ts";

type Wanted = Pick<TokenRequest, "scope" | "tenantId" | "claims">;

/** A token, and when to ask for another, in ms since the epoch. */
interface Held {
  readonly token: Token;
  readonly due: number;
}

/**
 * The tokens of one session: one for all its vaults, obtained once for all who wait. The SDK keeps some by itself, each
 * client its own, and those of `az` not at all: every vault and every hour would start it again.
 */
export class Tokens {
  readonly #source: Source;
  readonly #loginTimeoutMs: number;
  readonly #closing: AbortSignal;
  readonly #held = new Map<string, Held>();
  readonly #flights = new Map<string, Promise<Token>>();
  /** Who each kind of token was for, the first time; the first kind is the session's own. */
  readonly #identities = new Map<string, { readonly wanted: Wanted; readonly identity: string | undefined }>();

  constructor(about: { readonly source: Source; readonly loginTimeoutMs: number; readonly closing: AbortSignal }) {
    this.#source = about.source;
    this.#loginTimeoutMs = about.loginTimeoutMs;
    this.#closing = about.closing;
  }

  /**
   * A token that holds. Throws what the way of signing in throws, `timeout` when that takes too long, and
   * `unauthenticated` when somebody else has signed in meanwhile. A caller who gives up does not disturb the others.
   */
  async get(wanted: Wanted, signal: AbortSignal, prompter?: Prompter): Promise<Token> {
    const key = JSON.stringify([wanted.scope, wanted.tenantId]);
    // What Entra demands anew is not in what we hold.
    const held = wanted.claims === undefined ? this.#held.get(key) : undefined;
    if (held !== undefined && Date.now() < held.due) return held.token;
    try {
      const kind = wanted.claims === undefined ? key : `${key}${wanted.claims}`;
      let flight = this.#flights.get(kind);
      if (flight === undefined) {
        flight = this.#obtain(key, wanted, prompter).finally(() => this.#flights.delete(kind));
        flight.catch(() => {});
        this.#flights.set(kind, flight);
      }
      return await abortable(flight, signal);
    } catch (thrown) {
      // Renewing begins early, so that it may fail for a while.
      if (held === undefined || signal.aborted || !passes(thrown)) throw thrown;
      if (Date.now() >= held.token.expiresOnTimestamp) throw thrown;
      this.#held.set(key, { ...held, due: dueAgainAt(held.token, Date.now()) });
      return held.token;
    }
  }

  async #obtain(key: string, wanted: Wanted, prompter: Prompter | undefined): Promise<Token> {
    const token = await this.#inTime({ ...wanted, ...(prompter && { prompter }) });
    const identity = identityOf(token.token);
    const before = this.#identities.get(key);
    if (before !== undefined) this.#expectSame(before.identity, identity);
    else await this.#expectSameElsewhere();
    if (before === undefined) this.#identities.set(key, { wanted: { ...wanted }, identity });
    const now = Date.now();
    const again = token.token === this.#held.get(key)?.token.token;
    this.#held.set(key, { token, due: again ? Math.max(dueAt(token), dueAgainAt(token, now)) : dueAt(token) });
    return token;
  }

  #expectSame(before: string | undefined, now: string | undefined): void {
    if (before?.toLowerCase() !== now?.toLowerCase()) throw switched("Somebody else has signed in to Azure since.");
    if (now === undefined && this.#source.switches) {
      throw switched("Nobody can tell whether somebody else has signed in to Azure since.");
    }
  }

  /**
   * The first token of another kind, e.g. of another tenant, where the same person has another id: whoever signs in now
   * must still be whom the session is for, which only a token of the session's own kind can tell.
   */
  async #expectSameElsewhere(): Promise<void> {
    const [first] = this.#identities.values();
    if (first === undefined || !this.#source.switches) return;
    const { claims: _, ...home } = first.wanted;
    this.#expectSame(first.identity, identityOf((await this.#inTime(home)).token));
  }

  /** The SDK has no end of its own while it signs in; a person has. */
  async #inTime(request: Omit<TokenRequest, "signal">): Promise<Token> {
    if (this.#source.person && request.prompter !== undefined)
      return this.#source.token({ ...request, signal: this.#closing });
    const late = AbortSignal.timeout(this.#loginTimeoutMs);
    const signal = AbortSignal.any([this.#closing, late]);
    try {
      return await abortable(this.#source.token({ ...request, signal }), signal);
    } catch (thrown) {
      if (!late.aborted || this.#closing.aborted) throw thrown;
      throw new SecretError("timeout", "Signing in to Azure took longer than it may.", { hint: this.#source.hint });
    }
  }
}

const switched = (message: string): SecretError =>
  new SecretError("unauthenticated", message, { hint: "vaultlink reauth" });

/** Whether a failure to renew may pass by itself before the old token ends. */
function passes(thrown: unknown): boolean {
  return isSecretError(thrown) && ["unavailable", "throttled", "timeout"].includes(thrown.code);
}

/** How long before its end a token is renewed, in ms: later than the SDK would, which else gives the old one again. */
const EARLY = 4.5 * 60_000;

/** How long to go on with a token whose renewal brought nothing, in ms. */
const PAUSE = 60_000;

/** When to ask for another token, in ms since the epoch: when Entra says, or shortly before the end. */
function dueAt({ expiresOnTimestamp, refreshAfterTimestamp = Infinity }: Token): number {
  return Math.min(refreshAfterTimestamp, expiresOnTimestamp - EARLY);
}

/** The same after an early try that brought nothing: long before the end, not at once again. */
function dueAgainAt({ expiresOnTimestamp }: Token, now: number): number {
  return Math.min(now + PAUSE, expiresOnTimestamp - EARLY);
}
