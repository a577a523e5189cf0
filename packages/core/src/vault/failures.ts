import type { SecretError } from "../errors/secret-error.ts";

/**
 * What each link's last `get` failed with: what `status` tells without asking again. A `get` that began before something
 * newer became known, be it another's outcome, a relink or a reset, has nothing to say any more.
 */
export class Failures {
  #seq = 0;
  /** The number everything known must exceed since all was forgotten. */
  #floor = 0;
  readonly #known = new Map<string, { readonly seq: number; readonly error: SecretError | undefined }>();

  /** The number of a `get` that begins. */
  begin(): number {
    return ++this.#seq;
  }

  get(name: string): SecretError | undefined {
    return this.#known.get(name)?.error;
  }

  /** A `get` of a name ended: with an error, or well. */
  ended(name: string, seq: number, error?: SecretError): void {
    if (seq > Math.max(this.#floor, this.#known.get(name)?.seq ?? 0)) this.#known.set(name, { seq, error });
  }

  /** What is known of a name counts no more. */
  forget(name: string): void {
    this.#known.set(name, { seq: ++this.#seq, error: undefined });
  }

  /** The name is gone. */
  delete(name: string): void {
    this.#known.delete(name);
  }

  clear(): void {
    this.#floor = ++this.#seq;
    this.#known.clear();
  }
}
