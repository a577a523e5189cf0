import type { Automaton } from "./automaton.ts";
import { Held } from "./held.ts";

/** What stands in the output for a run of masked bytes, however long it is. Values print so elsewhere, too. */
export const MASK: Uint8Array = Buffer.from("[secret]");

/** Bytes of a candidate that are let go while the input is silent: enough for a prompt that ends as a secret begins. */
const LET_GO = 3;

/** Part of the input, by positions; the end is exclusive. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Masks secrets in a stream. A byte is masked if and only if it lies in an occurrence of a pattern, however the input is cut.
 * Held back is the end of the input that may still become part of an occurrence, and nothing else.
 */
export class Masker {
  readonly #automaton: Automaton;
  readonly #held = new Held();
  #state = 0;
  /** Positions: of the next byte to read, and of the next to write. What lies between is held. */
  #read = 0;
  #written = 0;
  /** What of the input from `#written` on is known to be secret: apart from each other, in order. */
  #secret: Range[] = [];
  /** Whether the last byte written was masked: a run of them gets one mask. */
  #masking = false;

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
  }

  /** Whether something waits for more input. */
  get holds(): boolean {
    return this.#written < this.#read;
  }

  /** Reads a piece of the input. Returns what can be written now; parts of it are views of the piece. */
  push(piece: Uint8Array): readonly Uint8Array[] {
    const start = this.#read;
    this.#state = this.#automaton.scan(piece, this.#state, (end, length) => this.#find(start + end, length));
    this.#read += piece.length;
    const decided = this.#read - this.#automaton.open(this.#state);
    const output = this.#write(decided, piece, start);
    this.#held.append(piece.subarray(Math.max(0, this.#written - start)));
    return output;
  }

  /**
   * The input has been silent: returns what can be let go, at most three bytes of what may become an occurrence. Its rest is
   * masked all the same if it comes.
   */
  letGo(): readonly Uint8Array[] {
    const candidate = this.#read - this.#automaton.open(this.#state);
    return this.#write(Math.min(candidate + LET_GO, this.#read));
  }

  /** The input has ended: what is held can become no occurrence any more. */
  end(): readonly Uint8Array[] {
    this.#state = 0;
    return this.#write(this.#read);
  }

  #find(to: number, length: number): void {
    let from = to - length;
    for (let last = this.#secret.at(-1); last !== undefined && last.to >= from; last = this.#secret.at(-1)) {
      from = Math.min(from, last.from);
      this.#secret.pop();
    }
    this.#secret.push({ from, to });
  }

  /** Writes what lies before `until`; the held bytes are those before `start`, the piece begins there. */
  #write(until: number, piece: Uint8Array = NOTHING, start: number = this.#read): readonly Uint8Array[] {
    if (until <= this.#written) return [];
    const output: Uint8Array[] = [];
    const first = this.#written;
    const copy = (from: number, to: number): void => {
      if (from >= to) return;
      if (from < start) output.push(this.#held.copy(from - first, Math.min(to, start) - first));
      if (to > start) output.push(piece.subarray(Math.max(from, start) - start, to - start));
      this.#masking = false;
    };
    let at = first;
    let passed = 0;
    for (const { from, to } of this.#secret) {
      if (from >= until) break;
      copy(at, from);
      if (!this.#masking) output.push(MASK);
      this.#masking = true;
      at = Math.min(to, until);
      if (to <= until) passed++;
    }
    copy(at, until);
    this.#secret.splice(0, passed);
    this.#held.drop(Math.min(until, start) - first);
    this.#written = until;
    return output;
  }
}

const NOTHING = new Uint8Array();
