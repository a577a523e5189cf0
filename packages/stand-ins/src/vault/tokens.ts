import type { Clock } from "../kit/clock.ts";
import type { Ids } from "../kit/ids.ts";
import { CANARY } from "../kit/witness.ts";

/** The longest a token may live unless its role says less, in seconds: the vault's default of 768 hours. */
export const SYSTEM_MAX_TTL = 2_764_800;

export interface Token {
  readonly id: string;
  readonly accessor: string;
  /** Our own name for whoever holds it; what the log shows. */
  readonly label: string;
  readonly policies: readonly string[];
  readonly meta: Readonly<Record<string, string>> | null;
  readonly displayName: string;
  readonly entityId: string;
  /** The login path it came from. */
  readonly path: string;
  readonly orphan: boolean;
  readonly renewable: boolean;
  readonly explicitMaxTtl: number;
  readonly maxTtl: number;
  readonly createdAt: number;
  readonly creationTtl: number;
  /** Seconds the last renewal gave; what a renewal without an increment gives again. */
  ttl: number;
  /** Ms since the epoch; `null` never ends. */
  expiresAt: number | null;
  /** Uses left; 0 for any number, -1 during the last one, as the vault counts. */
  usesLeft: number;
  /** What a wrapping token hides. */
  readonly wrapped?: { readonly data?: unknown; readonly auth?: unknown };
}

/** What a new token is like; the rest has the vault's defaults. */
export type TokenOptions = Partial<Omit<Token, "createdAt" | "creationTtl" | "expiresAt">> & { readonly label: string };

/** The tokens that live. Expired, revoked and invented ones are alike: unknown. */
export class Tokens {
  readonly #clock: Clock;
  readonly #ids: Ids;
  #live: Token[] = [];

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock;
    this.#ids = ids;
  }

  issue(options: TokenOptions): Token {
    const now = this.#clock.now();
    const ttl = options.ttl ?? SYSTEM_MAX_TTL;
    const token: Token = {
      id: `hvs.${CANARY}${this.#ids.text(24)}`,
      accessor: this.#ids.text(24),
      policies: ["default"],
      meta: null,
      displayName: "token",
      entityId: "",
      path: "auth/token/create",
      orphan: false,
      renewable: ttl > 0,
      explicitMaxTtl: 0,
      maxTtl: SYSTEM_MAX_TTL,
      usesLeft: 0,
      ...options,
      ttl,
      createdAt: now,
      creationTtl: ttl,
      expiresAt: ttl > 0 ? now + ttl * 1000 : null,
    };
    this.#live.push(token);
    return token;
  }

  find(id: string | undefined): Token | undefined {
    const now = this.#clock.now();
    return this.#live.find((token) => token.id === id && (token.expiresAt === null || token.expiresAt > now));
  }

  /** Counts one use; the last one ends the token, after the request it paid for. */
  use(token: Token): void {
    if (token.usesLeft === 0) return;
    token.usesLeft -= 1;
    if (token.usesLeft > 0) return;
    token.usesLeft = -1;
    this.revoke((other) => other === token);
  }

  /** Extends a token by so many seconds, never past its longest life. Returns the seconds it got. */
  renew(token: Token, increment: number | undefined): number {
    const now = this.#clock.now();
    const longest = token.explicitMaxTtl > 0 ? Math.min(token.explicitMaxTtl, token.maxTtl) : token.maxTtl;
    const left = Math.floor((token.createdAt + longest * 1000 - now) / 1000);
    token.ttl = Math.min(increment ?? token.ttl, left);
    token.expiresAt = now + token.ttl * 1000;
    return token.ttl;
  }

  /** Ends tokens at once. Returns those that lived. */
  revoke(which: (token: Token) => boolean): readonly Token[] {
    const ended = this.#live.filter(which);
    this.#live = this.#live.filter((token) => !ended.includes(token));
    return ended;
  }
}
