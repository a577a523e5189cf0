import type { SecretError } from "../errors/secret-error.ts";

/** What the vault said last of documents of which other reads are still under way. */
export class Newest {
  readonly #documents = new Map<string, number>();
  readonly #refusals = new Map<string, { readonly sentSeq: number; readonly error: SecretError }>();

  /** The number of the newest answer that was a document; 0 for none. */
  documentSeq(key: string): number {
    return this.#documents.get(key) ?? 0;
  }

  gave(key: string, sentSeq: number): void {
    this.#documents.set(key, sentSeq);
  }

  /** The refusal that came after what was sent with a number. */
  refusalAfter(key: string, sentSeq: number): SecretError | undefined {
    const refusal = this.#refusals.get(key);
    return refusal !== undefined && refusal.sentSeq > sentSeq ? refusal.error : undefined;
  }

  refused(key: string, sentSeq: number, error: SecretError): void {
    if ((this.#refusals.get(key)?.sentSeq ?? 0) < sentSeq) this.#refusals.set(key, { sentSeq, error });
  }

  /** No read is under way any more. */
  forget(key: string): void {
    this.#documents.delete(key);
    this.#refusals.delete(key);
  }
}
