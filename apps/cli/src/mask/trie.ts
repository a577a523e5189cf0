/**
 * Patterns as a tree of bytes. Node 0 is its root. Nodes are numbered level by level, so that the children of one stand in a
 * row, and whoever goes through all of them reads memory in its order.
 */
export class Trie {
  /** How many nodes there are. */
  readonly size: number;
  /** The first child of each node; its last one stands before the first child of the next node. */
  readonly first: Int32Array;
  /** The byte that leads to a node. */
  readonly byte: Uint8Array;
  /** Bytes from the root to a node. */
  readonly depth: Int32Array;
  /** 1 where a pattern ends. */
  readonly ends: Uint8Array;

  constructor(patterns: readonly Uint8Array[]) {
    const room = patterns.reduce((sum, { length }) => sum + length, 1);
    [this.first, this.depth] = [new Int32Array(room + 1), new Int32Array(room)];
    [this.byte, this.ends] = [new Uint8Array(room), new Uint8Array(room)];
    // Those that begin alike stand together, the shortest of them first.
    const sorted = patterns.map((pattern) => Buffer.from(pattern).toString("latin1")).toSorted();
    const text = Buffer.from(sorted.join(""), "latin1");
    const starts = new Int32Array(sorted.length + 1);
    for (const [at, { length }] of sorted.entries()) starts[at + 1] = (starts[at] as number) + length;
    let [node, size] = [0, 1];
    // Each node of a level is a run of patterns that begin alike: from where to where.
    let [level, below] = [new Int32Array(2 * sorted.length + 2), new Int32Array(2 * sorted.length)];
    level[1] = sorted.length;
    let runs = 2;
    for (let depth = 0; runs > 0; depth++) {
      let last = 0;
      for (let run = 0; run < runs; run += 2, node++) {
        const to = level[run + 1] as number;
        let at = level[run] as number;
        this.first[node] = size;
        for (; at < to && (starts[at + 1] as number) - (starts[at] as number) === depth; at++) this.ends[node] = 1;
        while (at < to) {
          below[last++] = at;
          const byte = text[(starts[at++] as number) + depth] as number;
          while (at < to && text[(starts[at] as number) + depth] === byte) at++;
          below[last++] = at;
          this.byte[size] = byte;
          this.depth[size++] = depth + 1;
        }
      }
      [level, below, runs] = [below, level, last];
    }
    this.first[node] = size;
    this.size = size;
  }

  /** The child by this byte, or 0. */
  child(node: number, byte: number): number {
    const end = this.first[node + 1] as number;
    for (let child = this.first[node] as number; child < end; child++) if (this.byte[child] === byte) return child;
    return 0;
  }

  /** How many children a node has. */
  children(node: number): number {
    return (this.first[node + 1] as number) - (this.first[node] as number);
  }
}
