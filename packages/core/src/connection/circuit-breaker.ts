/** How many failures in a row open it, and the window for the share of failures, in ms. */
const MAX_IN_A_ROW = 5;
const WINDOW_MS = 30_000;
const BUCKET_MS = 5000;
const WINDOW_CALLS = 10;
const MIN_PROBE_MS = 1000;
const MAX_PROBE_MS = 30_000;

/** A failed call: its documents, and whether the vault itself answered, e.g. with status 500. */
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
 * Stops calls to a vault that does not answer: opens after 5 transient failures in a row, or when half of at least 10
 * calls in 30 s failed; allows one probe after 1 to 30 s. A single failing document says nothing about the vault: it
 * takes two to stop all calls, and the same answer for the same document counts once. Times are `uptimeMs`, in ms;
 * `random` is in [0, 1).
 */
export class CircuitBreaker {
  /** Failures since the last answer: all of them, and without repeated answers for the same document. */
  #row = 0;
  #distinct = 0;
  readonly #rowDocuments = new Set<string>();
  #buckets: Bucket[] = [];
  #probeAt: number | undefined;
  #probing = false;
  /** Set when it is open for this document alone. */
  #only: string | undefined;

  /** Ms until a call may be tried, or `undefined` when one may be made now. */
  waitMs(now: number, documents: readonly string[]): number | undefined {
    if (this.#probeAt === undefined || !this.#concerns(documents)) return undefined;
    if (now < this.#probeAt) return this.#probeAt - now;
    return this.#probing ? MIN_PROBE_MS : undefined;
  }

  /** As `waitMs`; a call that may be made is made, and may be the probe. */
  admit(now: number, documents: readonly string[]): number | undefined {
    const waitMs = this.waitMs(now, documents);
    if (waitMs === undefined && this.#probeAt !== undefined && this.#concerns(documents)) this.#probing = true;
    return waitMs;
  }

  /** The vault answered, be it with a refusal. */
  answered(now: number, documents: readonly string[]): void {
    if (this.#concerns(documents)) {
      if (this.#probeAt !== undefined) this.#buckets = [];
      this.#probeAt = undefined;
      this.#only = undefined;
      this.#probing = false;
    }
    this.#row = 0;
    this.#distinct = 0;
    this.#rowDocuments.clear();
    this.#bucket(now).calls++;
  }

  /** The call ended without saying anything about the vault, e.g. because its caller aborted. */
  undecided(documents: readonly string[]): void {
    if (this.#concerns(documents)) this.#probing = false;
  }

  /** The vault could not be reached, or failed itself. */
  failed(now: number, random: number, { answered, documents }: FailedCall): void {
    const concerned = this.#concerns(documents);
    const bucket = this.#bucket(now);
    const known = (document: string): boolean => this.#buckets.some(({ failing }) => failing.has(document));
    this.#row++;
    if (!answered || !documents.every((document) => this.#rowDocuments.has(document))) this.#distinct++;
    if (!answered || !documents.every(known)) {
      bucket.calls++;
      bucket.failures++;
    }
    for (const document of documents) {
      this.#rowDocuments.add(document);
      bucket.failing.add(document);
    }
    const failing = new Set(this.#buckets.flatMap((one) => [...one.failing]));
    const calls = this.#buckets.reduce((sum, one) => sum + one.calls, 0);
    const failures = this.#buckets.reduce((sum, one) => sum + one.failures, 0);
    const half = failing.size > 1 && calls >= WINDOW_CALLS && failures * 2 >= calls;
    const row = this.#rowDocuments.size > 1 && this.#distinct >= MAX_IN_A_ROW;
    const [document] = this.#rowDocuments;
    if (half || row || (this.#probing && concerned && this.#only === undefined)) this.#open(now, random, undefined);
    else if ((this.#probing && concerned) || (this.#rowDocuments.size === 1 && this.#row >= MAX_IN_A_ROW)) {
      this.#open(now, random, document);
    }
  }

  /** Whether these documents are among those that it stops. */
  #concerns(documents: readonly string[]): boolean {
    return this.#only === undefined || isOnly(documents, this.#only);
  }

  #open(now: number, random: number, only: string | undefined): void {
    this.#probeAt = now + MIN_PROBE_MS + random * (MAX_PROBE_MS - MIN_PROBE_MS);
    this.#only = only;
    this.#probing = false;
  }

  /** The current bucket; drops those that have left the window. */
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
