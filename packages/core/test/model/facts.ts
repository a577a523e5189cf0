import type { ModelClock } from "./model-clock.ts";

/** When something happened, by each witness, and its place among everything that happened. */
export interface Instant {
  readonly seq: number;
  readonly hr: number;
  readonly up: number;
  readonly wall: number;
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
    return { seq: ++this.#seq, hr: this.clock.hr(), up: this.clock.up(), wall: this.clock.wall() };
  }

  mark(doc?: number, seq: number = ++this.#seq): void {
    this.marks.push({ seq, from: ++this.#seq, ...(doc !== undefined && { doc }) });
  }

  /** The newest mark that covers a document for somebody who asked at `seq`. */
  floor(doc: number, seq: number): number {
    let floor = 0;
    for (const mark of this.marks) {
      if (mark.from <= seq && (mark.doc === undefined || mark.doc === doc)) floor = Math.max(floor, mark.seq);
    }
    return floor;
  }

  broken(invariant: string, message: string): void {
    this.violations.push(`${invariant}: ${message}`);
  }
}

/** Ms since an instant, by the witness that saw most pass. */
export function elapsed(since: Instant, clock: ModelClock): { hr: number; up: number; wall: number } {
  return { hr: clock.hr() - since.hr, up: clock.up() - since.up, wall: clock.wall() - since.wall };
}
