import { SecretError } from "@vaultlink/core";

/** Who may ask a memory vault. */
export interface Credential {
  /** Absent: the vault does not say who this is. */
  readonly identity: string | undefined;
  /** Whether it may list. */
  readonly list: boolean;
  /** Whether `open` obtained it, so that `revoke` may end it. */
  readonly obtained: boolean;
  /** When it lapses, in ms since the epoch. */
  expiresAt: number | undefined;
  /** How long it lasts from each renewal on, in ms. */
  readonly lifeMs: number | undefined;
  live: boolean;
}

/** What `admit` may say. */
export interface AdmitOptions {
  /** @default the vault does not say */
  readonly identity?: string;
  /** @default true */
  readonly list?: boolean;
}

/** The credentials that a memory vault knows. */
export class Credentials {
  readonly #tokens = new Map<string, Credential>();
  readonly #all = new Set<Credential>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Lets whoever has this token in. */
  admit(token: string, { identity, list = true }: AdmitOptions): void {
    this.#tokens.set(
      token,
      this.#add({ identity, list, obtained: false, expiresAt: undefined, lifeMs: undefined, live: true }),
    );
  }

  /** Lets nobody in with this token any more. */
  expel(token: string): void {
    this.#tokens.delete(token);
  }

  /** The credential of a token, or a new one obtained with it that lasts `lifeMs`. Throws `unauthenticated`. */
  login(token: string | undefined, lifeMs: number | undefined): Credential {
    const known = token === undefined ? undefined : this.#tokens.get(token);
    if (known === undefined || !this.#lives(known)) throw unauthenticated();
    if (lifeMs === undefined) return known;
    return this.#add({ ...known, obtained: true, expiresAt: this.#now() + lifeMs, lifeMs, live: true });
  }

  /** Throws `unauthenticated` for a credential that has lapsed or was ended. */
  check(credential: Credential): void {
    if (!this.#lives(credential)) throw unauthenticated();
  }

  /** Ends every credential in use, or those of one identity. Tokens admit again. */
  lapse(identity?: string): void {
    for (const credential of this.#all) {
      if (identity === undefined || credential.identity === identity) credential.live = false;
    }
    for (const [token, credential] of this.#tokens) {
      if (!credential.live) this.#tokens.set(token, this.#add({ ...credential, live: true }));
    }
  }

  #lives({ live, expiresAt }: Credential): boolean {
    return live && (expiresAt === undefined || this.#now() < expiresAt);
  }

  #add(credential: Credential): Credential {
    this.#all.add(credential);
    return credential;
  }
}

function unauthenticated(): SecretError {
  return new SecretError("unauthenticated", "The vault does not know these credentials.", {
    mend: "export MEMORY_TOKEN=…",
  });
}
