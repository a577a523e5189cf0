import type { Clock, SampledClock } from "../time/clock.ts";
import { isSecretError } from "../errors/secret-error.ts";
import type { LeaseHold } from "../cache/in-flight.ts";
import type { SecretDocument } from "../contract/provider.ts";
import { withDeadline } from "../async/deadline.ts";
import { type ContextEnv, contextEnv } from "./config.ts";
import type { LiveSession } from "./session.ts";

/** How long ending one lease may take, in ms. */
const RELEASE_MS = 2000;

interface Lease {
  readonly id: string;
  readonly live: LiveSession;
  readonly keys: Set<string>;
  expiresAt: number | undefined;
  /** How many documents with this lease are being delivered. */
  inDelivery: number;
  /** A caller, or the cache, has a document with this lease. */
  kept: boolean;
}

/**
 * The leases that reads of one connection created, until they are ended or handed on. Leases of documents that were
 * delivered but not cached are included.
 */
export class Leases {
  readonly #clock: Clock;
  readonly #now: SampledClock;
  readonly #contextEnv: ContextEnv;
  readonly #currentSession: () => LiveSession | undefined;
  readonly #onCreated: () => void;
  readonly #leases = new Map<string, Lease>();
  /** To be ended as soon as there is a session that can. */
  readonly #due = new Set<Lease>();
  readonly #ending = new Set<Promise<void>>();
  readonly #listeners: Array<() => void> = [];
  /** When the last of those that could not be ended expires, in ms since the epoch; `Infinity` if unknown. */
  #leftUntil = 0;

  constructor(
    parts: ContextEnv & {
      readonly clock: Clock;
      readonly now: SampledClock;
      readonly currentSession: () => LiveSession | undefined;
      /** Called for each lease that a read created. */
      readonly onCreated: () => void;
    },
  ) {
    this.#clock = parts.clock;
    this.#now = parts.now;
    this.#contextEnv = contextEnv(parts);
    this.#currentSession = parts.currentSession;
    this.#onCreated = parts.onCreated;
  }

  /** Calls `listener` whenever the vault was asked to end a lease, whatever the outcome. */
  onLeaseEnded(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Notes the lease of a document that the vault has just sent, if it has one. */
  note(document: SecretDocument | undefined, key: string, live: LiveSession): LeaseHold | undefined {
    const id = document?.lease;
    if (typeof id !== "string") return undefined;
    this.#forgetExpired();
    const known = this.#leases.get(id);
    const lease = known ?? { id, live, keys: new Set(), expiresAt: undefined, inDelivery: 0, kept: false };
    this.#leases.set(id, lease);
    if (known === undefined) this.#onCreated();
    lease.keys.add(key);
    const { expiresAt } = document as SecretDocument;
    // A time in the past means "do not cache the document"; the lease itself has not expired.
    lease.expiresAt = expiresAt !== undefined && expiresAt > this.#now.epochMs ? expiresAt : undefined;
    lease.inDelivery++;
    let delivered = false;
    const settle = (): boolean => !delivered && ((delivered = true), lease.inDelivery--, true);
    return {
      keep: (replaces) => {
        if (!settle()) return;
        lease.kept = true;
        if (replaces) this.#endWhere((other) => other !== lease && other.kept && other.keys.has(key));
      },
      end: () => {
        if (settle() && lease.inDelivery === 0 && !lease.kept) this.#endWhere((other) => other === lease);
      },
    };
  }

  /** Ends the leases of some documents; all without `keys`. Those in delivery are decided by their `LeaseHold`. */
  end(keys?: ReadonlySet<string>): void {
    this.#endWhere((lease) => lease.kept && (keys === undefined || [...lease.keys].some((key) => keys.has(key))));
  }

  /** Whether leases depend on a session's credentials. */
  dependOn(live: LiveSession): boolean {
    this.#forgetExpired();
    return [...this.#leases.values(), ...this.#due].some((lease) => lease.live === live);
  }

  /** There is a session: ends what could not be ended without one. */
  resume(): void {
    const due = [...this.#due];
    this.#due.clear();
    for (const lease of due) this.#release(lease);
  }

  /** Forgets all leases without ending them: whoever has the values is responsible for the leases too. */
  handOn(): void {
    this.#leases.clear();
    this.#due.clear();
  }

  /** Settles when all that are being ended have been. */
  async settled(): Promise<void> {
    while (this.#ending.size > 0) await Promise.all(this.#ending);
  }

  /** When the last lease that could not be ended expires, in ms since the epoch, `Infinity` if unknown; `undefined`: none. */
  get leftUntil(): number | undefined {
    this.#now.sample();
    const until = Math.max(this.#leftUntil, ...[...this.#due].map(({ expiresAt = Infinity }) => expiresAt));
    return until > this.#now.epochMs ? until : undefined;
  }

  #endWhere(matches: (lease: Lease) => boolean): void {
    for (const lease of this.#leases.values()) {
      if (!matches(lease)) continue;
      this.#leases.delete(lease.id);
      this.#release(lease);
    }
  }

  #release(lease: Lease): void {
    const live = lease.live.ended ? this.#currentSession() : lease.live;
    if (live === undefined || live.ended) return void this.#due.add(lease);
    if (live.keepsLeases) return;
    const release = live.session.release?.bind(live.session);
    const markLeft = (): void => void (this.#leftUntil = Math.max(this.#leftUntil, lease.expiresAt ?? Infinity));
    if (release === undefined) return markLeft();
    const { id } = lease;
    const onEnd = live.enter();
    const call = async (signal: AbortSignal, deadline: number): Promise<void> =>
      release(id, { signal, deadline, ...this.#contextEnv });
    const ending = withDeadline(call, { clock: this.#clock, ms: RELEASE_MS, onEnd })
      .catch((error: unknown) => {
        // A lease that the vault does not find has ended.
        if (!isSecretError(error) || error.code !== "not_found") markLeft();
      })
      .finally(() => {
        this.#ending.delete(ending);
        for (const listener of this.#listeners) listener();
      });
    this.#ending.add(ending);
  }

  #forgetExpired(): void {
    this.#now.sample();
    for (const lease of this.#leases.values()) {
      if (lease.expiresAt !== undefined && lease.expiresAt <= this.#now.epochMs && lease.inDelivery === 0) {
        this.#leases.delete(lease.id);
      }
    }
  }
}
