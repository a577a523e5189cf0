/** Bytes that wait, first in, first out. */
export class Held {
  #buffer = new Uint8Array();
  #start = 0;
  #end = 0;

  append(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#buffer.length) this.#makeRoom(bytes.length);
    this.#buffer.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** A copy, by distances from the first that waits. */
  copy(from: number, to: number): Uint8Array {
    return this.#buffer.slice(this.#start + from, Math.min(this.#start + to, this.#end));
  }

  drop(count: number): void {
    this.#start += count;
    if (this.#start >= this.#end) [this.#start, this.#end] = [0, 0];
  }

  #makeRoom(count: number): void {
    const waiting = this.#buffer.subarray(this.#start, this.#end);
    // Doubled, so that many small pieces of a long candidate are not copied each time.
    const larger = new Uint8Array(Math.max((waiting.length + count) * 2, 256));
    larger.set(waiting);
    [this.#buffer, this.#start, this.#end] = [larger, 0, waiting.length];
  }
}
