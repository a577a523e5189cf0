import { SecretError } from "../errors/secret-error.ts";

/** So many calls to one vault at a time; the others wait in line. */
export class Slots {
  readonly #size: number;
  #taken = 0;
  readonly #line = new Set<() => void>();

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
      const turn = (): void => {
        signal.removeEventListener("abort", leave);
        resolve(this.#grant());
      };
      const leave = (): void => {
        this.#line.delete(turn);
        reject(cancelled());
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#line.add(turn);
    });
  }

  #grant(): () => void {
    this.#taken++;
    let freed = false;
    return () => {
      if (freed) return;
      freed = true;
      this.#taken--;
      const [next] = this.#line;
      if (next === undefined) return;
      this.#line.delete(next);
      next();
    };
  }
}

const cancelled = (): SecretError => new SecretError("aborted", "The call was cancelled.");
