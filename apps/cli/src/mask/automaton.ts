import { Beginnings, BEGINNING } from "./beginnings.ts";
import { Trie } from "./trie.ts";

/** Nodes with more children than this have a row of transitions: a list of them would be slow to search. */
const LISTED = 3;
const BYTES = 256;

/**
 * Finds all occurrences of many patterns in one pass (Aho and Corasick, "Efficient string matching", 1975). A state is a node
 * of the tree of patterns: the longest end of the input that begins one. Places where none begins are passed over by a look at
 * four bytes, so most of an input costs that alone.
 */
export class Automaton {
  readonly #trie: Trie;
  readonly #beginnings: Beginnings;
  /** The state of the next longest end of the input that begins a pattern. */
  readonly #fallback: Int32Array;
  /** Length of the longest pattern that ends in a state, or 0. */
  readonly #match: Int32Array;
  /** Length of the longest end of the input that begins a longer pattern. */
  readonly #open: Int32Array;
  /** The row of each state, or -1. */
  readonly #rowOf: Int32Array;
  readonly #rows: Int32Array;

  /** Throws `RangeError` for a pattern of less than four bytes. */
  constructor(patterns: readonly Uint8Array[]) {
    if (patterns.some(({ length }) => length < BEGINNING)) throw new RangeError("A pattern is too short.");
    const trie = new Trie(patterns);
    this.#trie = trie;
    this.#beginnings = new Beginnings(patterns);
    const table = (): Int32Array => new Int32Array(trie.size);
    [this.#fallback, this.#match, this.#open, this.#rowOf] = [table(), table(), table(), table()];
    let rows = 0;
    for (let node = 0; node < trie.size; node++) {
      this.#rowOf[node] = node === 0 || trie.children(node) > LISTED ? rows++ : -1;
    }
    this.#rows = new Int32Array(rows * BYTES);
    // What a state falls back to has a smaller number.
    for (let state = 0; state < trie.size; state++) this.#fill(state);
  }

  /** How many bytes of the input's end begin a longer pattern, and may become an occurrence of it. */
  open(state: number): number {
    return this.#open[state] as number;
  }

  /**
   * Reads bytes on from a state, 0 for the first, and returns the next. `found` is told where an occurrence ends, exclusive,
   * and the length of the longest one that ends there.
   */
  scan(bytes: Uint8Array, from: number, found: (end: number, length: number) => void): number {
    let state = from;
    // Where the candidate begins that is being read; negative for one of an earlier piece.
    let start = -this.open(from);
    let at = 0;
    while (at < bytes.length) {
      if (start === at - (this.#open[state] as number) && start >= 0 && at - start < BEGINNING) {
        // Nothing that began before lives on, so reading may begin anew, at the next place where something may begin.
        start = Math.max(start, Math.min(this.#beginnings.find(bytes, start), bytes.length - BEGINNING + 1));
        [at, state] = [start, 0];
      }
      do {
        state = this.#step(state, bytes[at] as number);
        at++;
        const length = this.#match[state] as number;
        if (length !== 0) found(at, length);
      } while (at < bytes.length && at - (this.#open[state] as number) <= start);
      start = at - (this.#open[state] as number);
    }
    return state;
  }

  #step(from: number, byte: number): number {
    let state = from;
    for (;;) {
      const row = this.#rowOf[state] as number;
      if (row >= 0) return this.#rows[row * BYTES + byte] as number;
      const child = this.#trie.child(state, byte);
      if (child !== 0) return child;
      state = this.#fallback[state] as number;
    }
  }

  /** Fills in one state, and tells its children what they fall back to. */
  #fill(state: number): void {
    const { first, byte, depth, ends } = this.#trie;
    const fallback = this.#fallback[state] as number;
    const [from, to] = [first[state] as number, first[state + 1] as number];
    this.#match[state] = (ends[state] === 1 ? depth[state] : this.#match[fallback]) as number;
    this.#open[state] = (from === to ? this.#open[fallback] : depth[state]) as number;
    const row = (this.#rowOf[state] as number) * BYTES;
    if (row > 0) for (let one = 0; one < BYTES; one++) this.#rows[row + one] = this.#step(fallback, one);
    for (let child = from; child < to; child++) {
      const by = byte[child] as number;
      this.#fallback[child] = state === 0 ? 0 : this.#step(fallback, by);
      if (row >= 0) this.#rows[row + by] = child;
    }
  }
}
