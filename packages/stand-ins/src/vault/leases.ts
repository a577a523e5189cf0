import type { Clock } from "../kit/clock.ts";

/** A credential the vault made because somebody read it. */
export interface Lease {
  readonly id: string;
  /** Label of who asked for it. */
  readonly credential: string;
  readonly expiresAt: number;
  readonly revoked: boolean;
}

/** What was leased, in order; kept after it ended, so that tests can look. */
export class Leases {
  readonly #clock: Clock;
  #all: (Lease & { token: string })[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get all(): readonly Lease[] {
    return this.#all.map(({ token: _token, ...lease }) => lease);
  }

  add(id: string, credential: string, token: string, seconds: number): void {
    this.#all.push({ id, credential, token, expiresAt: this.#clock.now() + seconds * 1000, revoked: false });
  }

  revoke(id: string): void {
    this.#all = this.#all.map((lease) => (lease.id === id ? { ...lease, revoked: true } : lease));
  }

  /** A token's leases end with it. */
  revokeOf(token: string): void {
    this.#all = this.#all.map((lease) => (lease.token === token ? { ...lease, revoked: true } : lease));
  }
}
