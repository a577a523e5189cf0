import { SecretError } from "../errors/secret-error.ts";
import { ageMs } from "./ttl.ts";
import type { Instant } from "../time/clock.ts";

/** How long a refusal is kept, in ms. */
const REMEMBER_MS = 10_000;
const MAX_ENTRIES = 256;

interface NegativeEntry {
  readonly error: SecretError;
  readonly at: Instant;
  readonly fingerprint: string;
  readonly seq: number;
}

/** Refusals that are about the secret itself, kept for ten seconds. Reading one does not extend its time. */
export class NegativeCache {
  readonly #entries = new Map<string, NegativeEntry>();
  /** Per connection, when its refusals were last cleared, as a sequence number. */
  readonly #cleared = new Map<string, number>();

  remember(key: string, refusal: NegativeEntry): void {
    this.#entries.delete(key);
    this.#entries.set(key, refusal);
    if (this.#entries.size > MAX_ENTRIES) this.#entries.delete(this.#entries.keys().next().value as string);
  }

  /** The refusal with its age, if it was sent after `minSequence`. */
  recall(key: string, minSequence: number, now: Instant): SecretError | undefined {
    const refusal = this.#entries.get(key);
    if (refusal === undefined) return undefined;
    const age = ageMs(refusal.at, now);
    if (age >= REMEMBER_MS) this.#entries.delete(key);
    else if (refusal.seq > minSequence) {
      const { code, details, message } = refusal.error;
      return new SecretError(code, message, { ...details, ageMs: age });
    }
    return undefined;
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }

  dropConnection(fingerprint: string): void {
    for (const [key, refusal] of this.#entries) if (refusal.fingerprint === fingerprint) this.#entries.delete(key);
  }

  /** Drops a connection's refusals, and marks those of requests sent before `seq` as not to be kept. */
  clearConnection(fingerprint: string, seq: number): void {
    this.#cleared.set(fingerprint, seq);
    this.dropConnection(fingerprint);
  }

  /** When `clearConnection` was last called, as a sequence number; 0 for never. */
  clearedSeq(fingerprint: string): number {
    return this.#cleared.get(fingerprint) ?? 0;
  }

  /** A connection is gone for good. */
  forgetConnection(fingerprint: string): void {
    this.#cleared.delete(fingerprint);
  }

  clear(): void {
    this.#entries.clear();
  }
}
