import { SecretError } from "../errors/secret-error.ts";
import { ageMs } from "./age.ts";
import type { Moment } from "./time.ts";

const REMEMBER_MS = 10_000;
const MAX_REFUSALS = 256;

interface Refusal {
  readonly error: SecretError;
  readonly at: Moment;
  readonly fingerprint: string;
  readonly seq: number;
}

/** Ten seconds of memory for answers about the secret itself. Never renewed by being asked again. */
export class Refusals {
  readonly #refusals = new Map<string, Refusal>();

  remember(key: string, refusal: Refusal): void {
    this.#refusals.delete(key);
    this.#refusals.set(key, refusal);
    if (this.#refusals.size > MAX_REFUSALS) this.#refusals.delete(this.#refusals.keys().next().value as string);
  }

  /** The refusal, with how long ago the vault said it, or `undefined`. */
  recall(key: string, notBefore: number, now: Moment): SecretError | undefined {
    const refusal = this.#refusals.get(key);
    if (refusal === undefined) return undefined;
    const age = ageMs(refusal.at, now);
    if (age >= REMEMBER_MS) this.#refusals.delete(key);
    else if (refusal.seq > notBefore) {
      const { code, details, message } = refusal.error;
      return new SecretError(code, message, { ...details, ageMs: age });
    }
    return undefined;
  }

  forget(key: string): void {
    this.#refusals.delete(key);
  }

  forgetConnection(fingerprint: string): void {
    for (const [key, refusal] of this.#refusals) if (refusal.fingerprint === fingerprint) this.#refusals.delete(key);
  }

  clear(): void {
    this.#refusals.clear();
  }
}
