import type { Clock } from "../time/clock.ts";

/** Takes from an iterator whatever has arrived together, so that what is done per take is not done per item. */
export class Arrivals<Item> {
  readonly #iterator: AsyncIterator<Item>;
  readonly #clock: Pick<Clock, "setImmediate">;
  /** Asked for and not taken yet. */
  #next: Promise<IteratorResult<Item>> | undefined;

  constructor(items: AsyncIterable<Item>, clock: Pick<Clock, "setImmediate">) {
    this.#iterator = items[Symbol.asyncIterator]();
    this.#clock = clock;
  }

  /**
   * Waits for one item, and takes with it those that follow in the same turn of the event loop, `max` at most. Resolves
   * with none at the end. A failure is thrown by the take after the one that gave what came before it.
   */
  async take(max: number): Promise<readonly Item[]> {
    const first = await this.#ask();
    this.#next = undefined;
    if (first.done === true) return [];
    const taken = [first.value];
    const turn = new Promise<undefined>((resolve) => this.#clock.setImmediate(() => resolve(undefined)));
    while (taken.length < max) {
      const result = await Promise.race([this.#ask(), turn]).catch(() => undefined);
      if (result === undefined || result.done === true) break;
      this.#next = undefined;
      taken.push(result.value);
    }
    return taken;
  }

  /** No more is wanted. Does not wait for an iterator that hangs. */
  stop(): void {
    void this.#iterator.return?.().catch(() => undefined);
  }

  #ask(): Promise<IteratorResult<Item>> {
    if (this.#next === undefined) {
      this.#next = this.#iterator.next();
      // It may fail before the next take.
      this.#next.catch(() => undefined);
    }
    return this.#next;
  }
}
