import { isSecretError, SecretError } from "@vaultlink/core";
import type { AwsCredentials, Obtained, Source } from "./credentials.ts";

/** How long before their lapse credentials are renewed, in ms: as early as the SDK itself would. */
const EARLY = 5 * 60_000;

/** One set of credentials, renewed before it lapses, by one caller for all. */
export class Keychain {
  readonly #source: Source;
  readonly #closing: AbortSignal;
  #held: Obtained | undefined;
  #renewing: Promise<Obtained> | undefined;

  constructor(source: Source, closing: AbortSignal, held?: Obtained) {
    this.#source = source;
    this.#closing = closing;
    this.#held = held;
  }

  get held(): Obtained | undefined {
    return this.#held;
  }

  /** Credentials that hold. Throws as the source does, or `aborted`; the others who wait are not disturbed by that. */
  async current(signal: AbortSignal): Promise<Obtained> {
    const held = this.#held;
    if (held !== undefined && (left(held) > EARLY || !held.renews)) return held;
    try {
      return await abortable((this.#renewing ??= this.#renew()), signal);
    } catch (thrown) {
      // Renewing begins early, so that it may fail for a while.
      const usable = held !== undefined && left(held) > 0 && !signal.aborted && !this.#closing.aborted;
      if (usable) return held;
      throw thrown;
    }
  }

  /** What the SDK signs with: it asks each time that what it holds is about to lapse. */
  readonly credentials = async (): Promise<AwsCredentials> => (await this.current(this.#closing)).credentials;

  /** Forgets them, so that the next call gets new ones. */
  drop(): void {
    this.#held = undefined;
  }

  async #renew(): Promise<Obtained> {
    try {
      return (this.#held = await this.#source({ signal: this.#closing }));
    } finally {
      this.#renewing = undefined;
    }
  }
}

function left({ credentials }: Obtained): number {
  return credentials.expiration === undefined ? Infinity : credentials.expiration.getTime() - Date.now();
}

function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise: given, resolve, reject } = Promise.withResolvers<Value>();
  const cancel = (): void => reject(new SecretError("aborted", "The call was cancelled."));
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  promise.then(resolve, (thrown: unknown) => {
    reject(isSecretError(thrown) ? thrown : new SecretError("internal", "Renewing the AWS credentials failed."));
  });
  return given.finally(() => signal.removeEventListener("abort", cancel));
}
