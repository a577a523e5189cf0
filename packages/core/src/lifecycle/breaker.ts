/** Failures in a row that open it, and the window in which a share of calls does, in ms. */
const IN_A_ROW = 5;
const WINDOW_MS = 30_000;
const BUCKET_MS = 5000;
const WINDOW_CALLS = 10;
const PROBE_FROM_MS = 1000;
const PROBE_TO_MS = 30_000;

/**
 * Stops asking a vault that does not answer: opens after 5 transient failures in a row, or when half of at least 10
 * calls in 30 s failed; then one probe after 1 to 30 s. Times are `boot`, in ms; `random` is in [0, 1).
 */
export class Breaker {
  #row = 0;
  #buckets: Array<{ readonly at: number; calls: number; failures: number }> = [];
  #probeAt: number | undefined;
  #probing = false;

  /** Ms until a call may be tried, or `undefined` when one may be made now (which may be the probe). */
  waitMs(now: number): number | undefined {
    if (this.#probeAt === undefined) return undefined;
    if (now < this.#probeAt) return this.#probeAt - now;
    if (this.#probing) return PROBE_FROM_MS;
    this.#probing = true;
    return undefined;
  }

  /** The vault answered, be it with a refusal. */
  answered(now: number): void {
    this.#row = 0;
    if (this.#probeAt !== undefined) {
      this.#probeAt = undefined;
      this.#probing = false;
      this.#buckets = [];
    }
    this.#record(now, false);
  }

  /** The call ended without an answer that says anything about the vault, e.g. because its caller left. */
  undecided(): void {
    this.#probing = false;
  }

  /** The vault could not be asked. */
  failed(now: number, random: number): void {
    this.#row++;
    this.#record(now, true);
    const calls = this.#buckets.reduce((sum, bucket) => sum + bucket.calls, 0);
    const failures = this.#buckets.reduce((sum, bucket) => sum + bucket.failures, 0);
    const half = calls >= WINDOW_CALLS && failures * 2 >= calls;
    if (this.#probing || this.#row >= IN_A_ROW || half) {
      this.#probeAt = now + PROBE_FROM_MS + random * (PROBE_TO_MS - PROBE_FROM_MS);
      this.#probing = false;
    }
  }

  #record(now: number, failed: boolean): void {
    let bucket = this.#buckets.at(-1);
    if (bucket === undefined || now - bucket.at >= BUCKET_MS) {
      this.#buckets = this.#buckets.filter(({ at }) => now - at < WINDOW_MS);
      bucket = { at: now, calls: 0, failures: 0 };
      this.#buckets.push(bucket);
    }
    bucket.calls++;
    if (failed) bucket.failures++;
  }
}
