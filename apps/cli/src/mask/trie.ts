/** Patterns as a tree of bytes. Node 0 is its root; a node's children are a list: the first, and the next of each. 0 ends it. */
export class Trie {
  size = 1;
  readonly first: Int32Array;
  readonly next: Int32Array;
  /** The byte that leads to a node. */
  readonly byte: Uint8Array;
  /** Bytes from the root to a node. */
  readonly depth: Int32Array;
  /** 1 where a pattern ends. */
  readonly ends: Uint8Array;

  constructor(patterns: readonly Uint8Array[]) {
    const room = patterns.reduce((sum, { length }) => sum + length, 1);
    [this.first, this.next, this.depth] = [new Int32Array(room), new Int32Array(room), new Int32Array(room)];
    [this.byte, this.ends] = [new Uint8Array(room), new Uint8Array(room)];
    for (const pattern of patterns) {
      let node = 0;
      for (const byte of pattern) node = this.child(node, byte) || this.#append(node, byte);
      this.ends[node] = 1;
    }
  }

  /** The child by this byte, or 0. */
  child(node: number, byte: number): number {
    let child = this.first[node] as number;
    while (child !== 0 && this.byte[child] !== byte) child = this.next[child] as number;
    return child;
  }

  /** Whether a node has more children than so many. */
  hasMore(node: number, count: number): boolean {
    let seen = 0;
    for (let child = this.first[node] as number; child !== 0 && seen <= count; child = this.next[child] as number)
      seen++;
    return seen > count;
  }

  #append(parent: number, byte: number): number {
    const node = this.size++;
    this.byte[node] = byte;
    this.depth[node] = (this.depth[parent] as number) + 1;
    this.next[node] = this.first[parent] as number;
    this.first[parent] = node;
    return node;
  }
}
