/** Failures in a row that open it, and the window in which a share of calls does, in ms. */
const IN_A_ROW = 5;
const WINDOW_MS = 30_000;
const BUCKET_MS = 5000;
const WINDOW_CALLS = 10;
const PROBE_FROM_MS = 1000;
const PROBE_TO_MS = 30_000;

/** One call that failed: for which documents, and whether the vault answered it, however badly. */
export interface FailedCall {
  readonly documents: readonly string[];
  readonly answered: boolean;
}

interface Bucket {
  readonly at: number;
  calls: number;
  failures: number;
  readonly failing: Set<string>;
}

/**
 * Stops asking a vault that does not answer: opens after 5 transient failures in a row, or when half of at least 10
 * calls in 30 s failed; then one probe after 1 to 30 s. What happens to one document says nothing about the vault: it
 * takes two to stop all calls, and the same bad answer to the same question counts once. Times are `uptimeMs`, in ms;
 * `random` is in [0, 1).
 */
export class CircuitBreaker {
  /** Failures since the last answer: all of them, and those that tell something new. */
  #row = 0;
  #told = 0;
  readonly #rowOf = new Set<string>();
  #buckets: Bucket[] = [];
  #probeAt: number | undefined;
  #probing = false;
  /** Open for this document alone. */
  #only: string | undefined;

  /** Ms until a call may be tried, or `undefined` when one may be made now (which may be the probe). */
  waitMs(now: number, documents: readonly string[]): number | undefined {
    if (this.#probeAt === undefined) return undefined;
    if (this.#only !== undefined && !isOnly(documents, this.#only)) return undefined;
    if (now < this.#probeAt) return this.#probeAt - now;
    if (this.#probing) return PROBE_FROM_MS;
    this.#probing = true;
    return undefined;
  }

  /** The vault answered, be it with a refusal. */
  answered(now: number, documents: readonly string[]): void {
    if (this.#only === undefined || isOnly(documents, this.#only)) {
      if (this.#probeAt !== undefined) this.#buckets = [];
      this.#probeAt = undefined;
      this.#only = undefined;
      this.#probing = false;
    }
    this.#row = 0;
    this.#told = 0;
    this.#rowOf.clear();
    this.#bucket(now).calls++;
  }

  /** The call ended without an answer that says anything about the vault, e.g. because its caller left. */
  undecided(documents: readonly string[]): void {
    if (this.#only === undefined || isOnly(documents, this.#only)) this.#probing = false;
  }

  /** The vault could not be asked, or did not give what it must. */
  failed(now: number, random: number, { answered, documents }: FailedCall): void {
    const concerned = this.#only === undefined || isOnly(documents, this.#only);
    const bucket = this.#bucket(now);
    const known = (document: string): boolean => this.#buckets.some(({ failing }) => failing.has(document));
    this.#row++;
    if (!answered || !documents.every((document) => this.#rowOf.has(document))) this.#told++;
    if (!answered || !documents.every(known)) {
      bucket.calls++;
      bucket.failures++;
    }
    for (const document of documents) {
      this.#rowOf.add(document);
      bucket.failing.add(document);
    }
    const failing = new Set(this.#buckets.flatMap((one) => [...one.failing]));
    const calls = this.#buckets.reduce((sum, one) => sum + one.calls, 0);
    const failures = this.#buckets.reduce((sum, one) => sum + one.failures, 0);
    const half = failing.size > 1 && calls >= WINDOW_CALLS && failures * 2 >= calls;
    const row = this.#rowOf.size > 1 && this.#told >= IN_A_ROW;
    const [document] = this.#rowOf;
    if (half || row || (this.#probing && concerned && this.#only === undefined)) this.#open(now, random, undefined);
    else if ((this.#probing && concerned) || (this.#rowOf.size === 1 && this.#row >= IN_A_ROW)) {
      this.#open(now, random, document);
    }
  }

  #open(now: number, random: number, only: string | undefined): void {
    this.#probeAt = now + PROBE_FROM_MS + random * (PROBE_TO_MS - PROBE_FROM_MS);
    this.#only = only;
    this.#probing = false;
  }

  /** The bucket of now; what has left the window is forgotten. */
  #bucket(now: number): Bucket {
    const last = this.#buckets.at(-1);
    if (last !== undefined && now - last.at < BUCKET_MS) return last;
    const bucket: Bucket = { at: now, calls: 0, failures: 0, failing: new Set() };
    this.#buckets = [...this.#buckets.filter(({ at }) => now - at < WINDOW_MS), bucket];
    return bucket;
  }
}

function isOnly(documents: readonly string[], only: string): boolean {
  return documents.every((document) => document === only);
}
