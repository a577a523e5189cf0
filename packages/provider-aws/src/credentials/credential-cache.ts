import { abortable, isSecretError, SecretError } from "@vaultlink/core/provider";
import { isOtherIdentity } from "../identity.ts";
import type { AwsCredentials, Obtained, Source } from "./credentials.ts";

/** How long before their lapse credentials are renewed, in ms: as early as the SDK itself would. */
const EARLY = 5 * 60_000;

/** What the SDK is told of every lapse: it would otherwise keep, to its own lapse, what was dropped here. */
const NOT_TO_BE_KEPT = new Date(0);

/** Throws unless credentials that renewing brought are of whom they were of before. */
export type Verify = (obtained: Obtained) => Promise<void>;

/** One set of credentials, renewed before it lapses, by one caller for all. */
export class CredentialCache {
  readonly #source: Source;
  readonly #closing: AbortSignal;
  readonly #verify: Verify | undefined;
  #held: Held | undefined;
  #renewing: Promise<Obtained> | undefined;

  constructor(source: Source, closing: AbortSignal, first?: { readonly obtained: Obtained; readonly verify: Verify }) {
    this.#source = source;
    this.#closing = closing;
    this.#verify = first?.verify;
    this.#held = first && hold(first.obtained);
  }

  get held(): Obtained | undefined {
    return this.#held?.obtained;
  }

  /** Credentials that hold. Throws as the source does, or `aborted`; the others who wait are not disturbed by that. */
  async current(signal: AbortSignal): Promise<Obtained> {
    const held = this.#held;
    if (held !== undefined && (Date.now() < held.renewAt || !held.obtained.renews)) return held.obtained;
    try {
      return await abortable((this.#renewing ??= this.#renew()), signal);
    } catch (thrown) {
      // Renewing begins early, so that it may fail for a while; who the credentials are of is no failure that passes.
      const usable = held !== undefined && Date.now() < held.lapsesAt && !signal.aborted && !this.#closing.aborted;
      if (usable && !isOtherIdentity(thrown)) return held.obtained;
      throw thrown;
    }
  }

  /** What the SDK signs with: it asks for each request. */
  readonly credentials = async (): Promise<AwsCredentials> => {
    const { credentials } = await this.current(this.#closing);
    return { ...credentials, expiration: NOT_TO_BE_KEPT };
  };

  /** Forgets what was refused, unless others have replaced it already: the next call gets new ones. */
  drop(refused: Obtained): void {
    if (this.#held?.obtained === refused) this.#held = undefined;
  }

  async #renew(): Promise<Obtained> {
    try {
      const obtained = await this.#source({ signal: this.#closing });
      // Nobody gets them before it is known whose they are.
      await this.#verify?.(obtained);
      this.#held = hold(obtained);
      return obtained;
    } catch (thrown) {
      throw isSecretError(thrown) ? thrown : new SecretError("internal", "Renewing the AWS credentials failed.");
    } finally {
      this.#renewing = undefined;
    }
  }
}

/** Credentials, and when to do something about them, in ms since the epoch. */
interface Held {
  readonly obtained: Obtained;
  readonly renewAt: number;
  readonly lapsesAt: number;
}

function hold(obtained: Obtained): Held {
  const lapsesAt = obtained.credentials.expiration?.getTime() ?? Infinity;
  // What lives no longer than that anyway is renewed after half its life: else each call would renew it.
  const renewAt = lapsesAt - Math.min(EARLY, (lapsesAt - Date.now()) / 2);
  return { obtained, renewAt, lapsesAt };
}
