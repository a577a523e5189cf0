import type { ModelClock } from "./model-clock.ts";

/** When something happened, by each witness, and its place among everything that happened. */
export interface Instant {
  readonly seq: number;
  readonly monotonicMs: number;
  readonly uptimeMs: number;
  readonly epochMs: number;
}

/** A reset, or what counts as one: what was sent before `seq` is not for those who ask after `from`. */
export interface Mark {
  readonly seq: number;
  readonly from: number;
  /** Absent: all documents. */
  readonly doc?: number;
}

/** What everybody in a world shares: its order of events, the settings in force, and what was found broken. */
export class Facts {
  readonly clock: ModelClock;
  readonly violations: string[] = [];
  readonly marks: Mark[] = [];
  ttlMs: number;
  /** The longest TTL in force since each document was last idle: what a read under way was started under. */
  readonly ttlSinceIdle: Map<number, number> = new Map();
  #seq = 0;

  constructor(clock: ModelClock, ttlMs: number) {
    this.clock = clock;
    this.ttlMs = ttlMs;
  }

  get seq(): number {
    return this.#seq;
  }

  instant(): Instant {
    return {
      seq: ++this.#seq,
      monotonicMs: this.clock.monotonicMs(),
      uptimeMs: this.clock.uptimeMs(),
      epochMs: this.clock.epochMs(),
    };
  }

  nextSequence(doc?: number, seq: number = ++this.#seq): void {
    this.marks.push({ seq, from: ++this.#seq, ...(doc !== undefined && { doc }) });
  }

  /** The newest mark that covers a document for somebody who asked at `seq`. */
  floor(doc: number, seq: number): number {
    let floor = 0;
    for (const nextSequence of this.marks) {
      if (nextSequence.from <= seq && (nextSequence.doc === undefined || nextSequence.doc === doc))
        floor = Math.max(floor, nextSequence.seq);
    }
    return floor;
  }

  broken(invariant: string, message: string): void {
    this.violations.push(`${invariant}: ${message}`);
  }
}

/** Ms since an instant, by the witness that saw most pass. */
export function elapsed(since: Instant, clock: ModelClock): { monotonicMs: number; uptimeMs: number; epochMs: number } {
  return {
    monotonicMs: clock.monotonicMs() - since.monotonicMs,
    uptimeMs: clock.uptimeMs() - since.uptimeMs,
    epochMs: clock.epochMs() - since.epochMs,
  };
}
