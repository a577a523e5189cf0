import type { SampledClock } from "../time/sampled-clock.ts";
import type { Clock } from "../time/clock.ts";
import { isSecretError } from "../errors/secret-error.ts";
import type { Hold } from "../cache/hold.ts";
import type { SecretDocument } from "../contract/provider.ts";
import { withDeadline } from "../async/deadline.ts";
import { type Lent, lentBy } from "./lent.ts";
import type { LiveSession } from "./session.ts";

/** Ending one lease may take this long, in ms. */
const RELEASE_MS = 2000;

interface Lease {
  readonly id: string;
  readonly live: LiveSession;
  readonly keys: Set<string>;
  expiresAt: number | undefined;
  /** Documents with this lease that are on their way. */
  landing: number;
  kept: boolean;
}

/**
 * The leases that reads of one connection created, from the moment the vault tells of them until they are ended, or
 * handed on. Knows them although their documents are not kept.
 */
export class Leases {
  /** Called when leases have been ended. */
  onEnded: () => void = () => undefined;
  readonly #clock: Clock;
  readonly #now: SampledClock;
  readonly #lent: Lent;
  readonly #current: () => LiveSession | undefined;
  readonly #leases = new Map<string, Lease>();
  /** To be ended as soon as a session is there that can. */
  readonly #due = new Set<Lease>();
  readonly #ending = new Set<Promise<void>>();
  /** When the last of those that could not be ended lapses, in ms since the epoch; `Infinity` where unknown. */
  #leftUntil = 0;

  constructor(about: Lent & { clock: Clock; now: SampledClock; current: () => LiveSession | undefined }) {
    this.#clock = about.clock;
    this.#now = about.now;
    this.#lent = lentBy(about);
    this.#current = about.current;
  }

  /** Notes the lease of a document the vault has just given, if it has one. */
  note(document: SecretDocument | undefined, key: string, live: LiveSession): Hold | undefined {
    const id = document?.lease;
    if (typeof id !== "string") return undefined;
    this.#forgetLapsed();
    const lease = this.#leases.get(id) ?? { id, live, keys: new Set(), expiresAt: undefined, landing: 0, kept: false };
    this.#leases.set(id, lease);
    lease.keys.add(key);
    const { expiresAt } = document as SecretDocument;
    // "Do not keep" is no lapse of the lease.
    lease.expiresAt = expiresAt !== undefined && expiresAt > this.#now.epochMs ? expiresAt : undefined;
    lease.landing++;
    let settled = false;
    const settle = (): boolean => !settled && ((settled = true), lease.landing--, true);
    return {
      keep: (replaces) => {
        if (!settle()) return;
        lease.kept = true;
        if (replaces) this.#endWhere((other) => other !== lease && other.kept && other.keys.has(key));
      },
      end: () => {
        if (settle() && lease.landing === 0 && !lease.kept) this.#endWhere((other) => other === lease);
      },
    };
  }

  /** Ends those of some documents; of all without `keys`. What is still on its way ends, or stays, as it lands. */
  end(keys?: ReadonlySet<string>): void {
    this.#endWhere((lease) => lease.kept && (keys === undefined || [...lease.keys].some((key) => keys.has(key))));
  }

  /** Whether leases hang on a session. */
  hangOn(live: LiveSession): boolean {
    this.#forgetLapsed();
    return [...this.#leases.values(), ...this.#due].some((lease) => lease.live === live);
  }

  /** A session is there: ends what could not be ended without one. */
  resume(): void {
    const due = [...this.#due];
    this.#due.clear();
    for (const lease of due) this.#release(lease);
  }

  /** Whoever has the values keeps the leases too. */
  handOn(): void {
    this.#leases.clear();
    this.#due.clear();
  }

  /** Settles when those that are being ended have been. */
  async settled(): Promise<void> {
    while (this.#ending.size > 0) await Promise.all(this.#ending);
  }

  /** Until when leases that could not be ended live, in ms since the epoch, `Infinity` where unknown; `undefined`: none. */
  get leftUntil(): number | undefined {
    this.#now.sample();
    const until = Math.max(this.#leftUntil, ...[...this.#due].map(({ expiresAt = Infinity }) => expiresAt));
    return until > this.#now.epochMs ? until : undefined;
  }

  #endWhere(goes: (lease: Lease) => boolean): void {
    for (const lease of this.#leases.values()) {
      if (!goes(lease)) continue;
      this.#leases.delete(lease.id);
      this.#release(lease);
    }
  }

  #release(lease: Lease): void {
    const live = lease.live.ended ? this.#current() : lease.live;
    if (live === undefined || live.ended) return void this.#due.add(lease);
    if (live.keepsLeases) return;
    const release = live.session.release?.bind(live.session);
    const left = (): void => void (this.#leftUntil = Math.max(this.#leftUntil, lease.expiresAt ?? Infinity));
    if (release === undefined) return left();
    const { id } = lease;
    const leave = live.enter();
    const ending = withDeadline(async (signal, deadline) => release(id, { signal, deadline, ...this.#lent }), {
      clock: this.#clock,
      ms: RELEASE_MS,
      settled: leave,
    })
      .catch((error: unknown) => {
        // What is not there any more has ended.
        if (!isSecretError(error) || error.code !== "not_found") left();
      })
      .finally(() => {
        this.#ending.delete(ending);
        this.onEnded();
      });
    this.#ending.add(ending);
  }

  #forgetLapsed(): void {
    this.#now.sample();
    for (const lease of this.#leases.values()) {
      if (lease.expiresAt !== undefined && lease.expiresAt <= this.#now.epochMs && lease.landing === 0) {
        this.#leases.delete(lease.id);
      }
    }
  }
}
