import { SecretError } from "@vaultlink/core";
import { defineProvider } from "@vaultlink/core/provider";
import type { Provider } from "@vaultlink/core";
import type { Clock } from "@vaultlink/core";

export const IDENTITIES = ["ada", "ben", "cyd"] as const;
export type Identity = (typeof IDENTITIES)[number];
export const PATHS: readonly string[] = Array.from({ length: 8 }, (_, index) => `p${index}`);

/** What the vault does to whoever asks it. */
export const FAULTS = ["none", "unavailable", "throttled", "denied", "hangs"] as const;

/** One value of a secret, and until when it was the current one. */
interface Version {
  readonly text: string;
  /** Ms of the clock, and the number of the event; absent of the current one. */
  until?: { readonly ms: number; readonly event: number };
}

/** A vault in which each identity sees values of its own. They are rotated, and so are the tokens. */
export class SoakVault {
  fault: (typeof FAULTS)[number] = "none";
  /** Events so far: what came before what, where the clock stands still. */
  events = 0;
  reads = 0;
  openSessions = 0;
  readonly #clock: Clock;
  readonly #versions = new Map<string, Version[]>();
  readonly #tokens = new Map<Identity, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
    for (const identity of IDENTITIES) {
      this.#tokens.set(identity, 0);
      for (const path of PATHS) this.rotate(identity, path);
    }
  }

  tokenOf(identity: Identity): string {
    return `vlcanary-token-${identity}-${this.#tokens.get(identity)}`;
  }

  /** Makes another token; the one before is refused from now on. */
  rotateToken(identity: Identity): void {
    this.events++;
    this.#tokens.set(identity, (this.#tokens.get(identity) ?? 0) + 1);
  }

  rotate(identity: Identity, path: string): void {
    const key = `${identity} ${path}`;
    const versions = this.#versions.get(key) ?? [];
    const last = versions.at(-1);
    this.events++;
    if (last !== undefined) last.until = { ms: this.#clock.monotonicMs(), event: this.events };
    versions.push({ text: `vlcanary-${identity}-${path}-${versions.length}`, ...{} });
    this.#versions.set(key, versions);
  }

  /** Why a value must not have been given to `identity` for `path`; `undefined` where it was right. */
  faultOf(
    text: string,
    asked: {
      readonly identity: Identity;
      readonly path: string;
      /** Values that were replaced at this time of the clock or before are too old, in ms. */
      readonly notUntilMs: number;
      /** So are those that were replaced before this event. */
      readonly notUntilEvent: number;
    },
  ): string | undefined {
    const { identity, path, notUntilMs, notUntilEvent } = asked;
    const version = this.#versions.get(`${identity} ${path}`)?.find((each) => each.text === text);
    if (version === undefined) return `${identity} got another's value, or none there is, for ${path}`;
    const { until } = version;
    if (until === undefined) return undefined;
    if (until.ms <= notUntilMs) return `${identity} got a value of ${path} that is too old`;
    return until.event <= notUntilEvent ? `${identity} got a value of ${path} from before a reset` : undefined;
  }

  /** A provider of it; credentials last for `lifeMs`. */
  provider(lifeMs: number): Provider {
    return defineProvider({
      name: "memory",
      envVariables: ["TOKEN"],
      open: async ({ env, signal }) => {
        await this.#answer(signal);
        const identity = IDENTITIES.find((each) => env["TOKEN"] === this.tokenOf(each));
        if (identity === undefined) throw new SecretError("unauthenticated", "The token is refused.");
        this.openSessions++;
        const token = this.tokenOf(identity);
        return {
          identity,
          expiresAt: this.#clock.epochMs() + lifeMs,
          read: async ({ path }, { signal: reading }) => {
            this.reads++;
            await this.#answer(reading);
            if (token !== this.tokenOf(identity)) throw new SecretError("unauthenticated", "The token is refused.");
            const version = this.#versions.get(`${identity} ${path}`)?.at(-1);
            if (version === undefined) throw new SecretError("not_found", "There is no such secret.");
            return { value: version.text };
          },
          close: async () => {
            this.openSessions--;
          },
        };
      },
    });
  }

  async #answer(signal: AbortSignal): Promise<void> {
    switch (this.fault) {
      case "none":
        return;
      case "hangs":
        return new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new SecretError("aborted", "Given up.")), { once: true });
        });
      default:
        throw new SecretError(this.fault, "The vault is as it is.");
    }
  }
}
