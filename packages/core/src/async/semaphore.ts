import { SecretError } from "../errors/secret-error.ts";

/** So many calls to one vault at a time; the others wait in line. */
export class Semaphore {
  readonly #size: number;
  #taken = 0;
  readonly #callContext = new Set<() => void>();

  constructor(size: number) {
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  /** Resolves with what frees the slot, to be called once. Rejects with `aborted` when `signal` ends the wait. */
  take(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(cancelled());
    if (this.#taken < this.#size) return Promise.resolve(this.#grant());
    return new Promise((resolve, reject) => {
      const setImmediate = (): void => {
        signal.removeEventListener("abort", leave);
        resolve(this.#grant());
      };
      const leave = (): void => {
        this.#callContext.delete(setImmediate);
        reject(cancelled());
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#callContext.add(setImmediate);
    });
  }

  #grant(): () => void {
    this.#taken++;
    let freed = false;
    return () => {
      if (freed) return;
      freed = true;
      this.#taken--;
      const [next] = this.#callContext;
      if (next === undefined) return;
      this.#callContext.delete(next);
      next();
    };
  }
}

const cancelled = (): SecretError => new SecretError("aborted", "The call was cancelled.");
