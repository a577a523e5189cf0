/** A promise that its owner settles, with a signal for the work behind it. Only the first outcome counts. */
export class Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly #controller = new AbortController();
  #resolve!: (value: Value) => void;
  #reject!: (error: unknown) => void;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever waits sees the rejection; if nobody does, it must not end the process.
    this.promise.catch(() => undefined);
  }

  /** Aborts when the work is to stop. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  resolve(value: Value): void {
    this.#resolve(value);
  }

  reject(error: unknown): void {
    this.#reject(error);
  }

  /** Tells the work to stop. The promise stays pending until the work, or its owner, settles it. */
  abort(): void {
    this.#controller.abort();
  }
}
