import type { Clock } from "../kit/clock.ts";
import { type Ids, seededIds } from "../kit/ids.ts";
import { CANARY } from "../kit/witness.ts";
import type { AwsSeed, SeedPrincipal } from "./seed.ts";

/** One set of credentials, and whose it is. */
export interface Credential {
  /** Our own name of who asks: `app`, `reader`. */
  readonly label: string;
  /** With the session's name for a role. */
  readonly arn: string;
  readonly userId: string;
  readonly who: SeedPrincipal;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Ms since the epoch. */
  readonly expiresAt?: number;
  readonly mfa: boolean;
}

/** Who has which credentials, and what became of them. */
export class Principals {
  readonly #byKey = new Map<string, Credential>();
  readonly #revoked = new Set<string>();
  readonly #ids: Ids = seededIds("aws-credentials");
  readonly #clock: Clock;

  constructor({ users }: AwsSeed, clock: Clock) {
    this.#clock = clock;
    for (const [label, { keys, ...who }] of Object.entries(users)) {
      const { accessKeyId, secretAccessKey } = keys;
      this.#byKey.set(accessKeyId, {
        label,
        arn: who.arn,
        userId: who.userId,
        who,
        accessKeyId,
        secretAccessKey,
        mfa: false,
      });
    }
  }

  find(accessKeyId: string): Credential | undefined {
    return this.#byKey.get(accessKeyId);
  }

  isRevoked({ accessKeyId }: Credential): boolean {
    return this.#revoked.has(accessKeyId);
  }

  hasExpired({ expiresAt }: Credential): boolean {
    return expiresAt !== undefined && this.#clock.now() >= expiresAt;
  }

  /** Credentials for `seconds`: of a role, or with a second factor of the user itself. */
  issue(label: string, who: SeedPrincipal, about: { session?: string; seconds: number; mfa?: boolean }): Credential {
    const { session, seconds, mfa = false } = about;
    const credential: Credential = {
      label,
      who,
      arn: session === undefined ? who.arn : `${who.arn}/${session}`,
      userId: session === undefined ? who.userId : `${who.userId}:${session}`,
      accessKeyId: `ASIA${this.#ids.text(16).toUpperCase()}`,
      secretAccessKey: `${CANARY}${label}-secret-${this.#ids.text(12)}`,
      sessionToken: `${CANARY}${label}-session-${this.#ids.text(20)}`,
      expiresAt: this.#clock.now() + seconds * 1000,
      mfa,
    };
    this.#byKey.set(credential.accessKeyId, credential);
    return credential;
  }

  /** Ends every credential that was given to somebody. */
  revoke(label: string): void {
    for (const credential of this.#byKey.values())
      if (credential.label === label) this.#revoked.add(credential.accessKeyId);
  }
}
