/** With how many calls at a time a vault begins. */
export const FIRST_LIMIT = 8;
/** Above `FIRST_LIMIT`, a call that took longer than this times the shortest one says that calls wait for each other. */
const SLOW = 2;

/** When a call was sent, as `AdaptiveLimit` counts: by the cuts before it. */
export type SentCuts = number;

/** A call that a vault could not bear. */
export interface Overload {
  /** Calls that were under way, this one included. */
  readonly running: number;
  /** What it asked for, where the failure may be theirs; several for the same ones count once. */
  readonly documents: readonly string[] | undefined;
}

/**
 * How many calls a vault gets at a time, after TCP's congestion control: one more for each answer until the vault is first
 * overloaded, then half, then one more each time as many answers came as it allows. Grows only while somebody waits, and
 * above where it begins only while answers are not slower for it. What becomes of calls that were sent before a cut does
 * not count after it: their failures are of the same burst.
 */
export class AdaptiveLimit {
  #most: number;
  #limit = FIRST_LIMIT;
  #cuts = 0;
  /** Answers since the limit last grew, once it has been cut. */
  #answers = 0;
  #shortestMs = Infinity;
  /** The documents whose call got no answer when the limit was cut last. */
  #blamed: string | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  get value(): number {
    return Math.min(this.#limit, this.#most);
  }

  /** It never exceeds this, from now on. */
  setMost(most: number): void {
    this.#most = most;
  }

  /** A call is sent. Returns what is to be passed back with its outcome. */
  sent(): SentCuts {
    return this.#cuts;
  }

  /** The vault answered a call in so many ms, while others wait or not. */
  answered(cuts: SentCuts, ms: number, waiting: boolean): void {
    if (cuts !== this.#cuts) return;
    this.#shortestMs = Math.min(this.#shortestMs, ms);
    const { value } = this;
    if (!waiting || value >= this.#most || (value >= FIRST_LIMIT && ms > SLOW * this.#shortestMs)) return;
    if (this.#cuts > 0 && ++this.#answers < value) return;
    this.#answers = 0;
    this.#limit = value + 1;
  }

  /** The vault could not bear a call. */
  overloaded(cuts: SentCuts, { running, documents }: Overload): void {
    // A call that was alone was not one too many.
    if (cuts !== this.#cuts || running < 2) return;
    const blamed = documents?.join(" ");
    // One document that hangs again and again must not make all others wait for it.
    if (blamed !== undefined && blamed === this.#blamed) return;
    this.#blamed = blamed ?? this.#blamed;
    this.#cuts++;
    this.#answers = 0;
    this.#shortestMs = Infinity;
    this.#limit = Math.max(1, Math.floor(this.value / 2));
  }
}
