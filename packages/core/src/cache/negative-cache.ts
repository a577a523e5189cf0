import { SecretError } from "../errors/secret-error.ts";
import { ageMs } from "./ttl.ts";
import type { Instant } from "../time/sampled-clock.ts";

const REMEMBER_MS = 10_000;
const MAX_ENTRIES = 256;

interface NegativeEntry {
  readonly error: SecretError;
  readonly at: Instant;
  readonly fingerprint: string;
  readonly seq: number;
}

/** Ten seconds of memory for answers about the secret itself. Never renewed by being asked again. */
export class NegativeCache {
  readonly #entries = new Map<string, NegativeEntry>();

  remember(key: string, refusal: NegativeEntry): void {
    this.#entries.delete(key);
    this.#entries.set(key, refusal);
    if (this.#entries.size > MAX_ENTRIES) this.#entries.delete(this.#entries.keys().next().value as string);
  }

  /** The refusal, with how long ago the vault said it, or `undefined`. */
  recall(key: string, minSequence: number, now: Instant): SecretError | undefined {
    const refusal = this.#entries.get(key);
    if (refusal === undefined) return undefined;
    const age = ageMs(refusal.at, now);
    if (age >= REMEMBER_MS) this.#entries.delete(key);
    else if (refusal.seq > minSequence) {
      const { code, details, message } = refusal.error;
      return new SecretError(code, message, { ...details, ageMs: age });
    }
    return undefined;
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }

  forgetConnection(fingerprint: string): void {
    for (const [key, refusal] of this.#entries) if (refusal.fingerprint === fingerprint) this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}
