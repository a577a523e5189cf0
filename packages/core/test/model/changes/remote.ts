import type { Context, Provider, SecretDocument, Session } from "../../../src/contract/provider.ts";
import type { ModelClock } from "../model-clock.ts";
import type { MakeError } from "../model-vault.ts";

/** How long a lease lasts, in ms. */
export const LEASE_MS = 300_000;

/** What the vault answers to everything while it is disturbed. */
export type Disturbance = "unavailable" | "throttled" | "denied" | "not_found";

/** A user's name and password that belong together. */
const fields = (text: string): { user: string; password: string } => ({ user: text, password: text });

/** A vault with one document that has versions, `x`, and one that it makes for each read, with a lease, `l`. */
export class ChangingVault {
  readonly provider: Provider;
  /** The version of `x`, and how many credentials were made for `l`. */
  version = 1;
  made = 0;
  /** What reads of `x` gave, oldest first; how many failed; how often a version was asked for. */
  readonly given: number[] = [];
  failed = 0;
  versionsAsked = 0;
  released = 0;
  disturbance: Disturbance | undefined;
  /** How long an answer takes, in ms. */
  delayMs = 0;
  readonly #clock: ModelClock;
  readonly #SecretError: MakeError;
  readonly #expiresAt: number[] = [];

  constructor(clock: ModelClock, makeError: MakeError) {
    this.#clock = clock;
    this.#SecretError = makeError;
    this.provider = { specVersion: 1, name: "changing", open: async () => this.#session() };
  }

  /** Whether a credential of `l` still logs in. */
  lives(text: string): boolean {
    return (this.#expiresAt[Number(text.split("-").at(-1))] ?? 0) > this.#clock.epochMs();
  }

  #session(): Session {
    return {
      identity: "A",
      read: async ({ path }, context) => {
        await this.#answer(context, () => this.failed++);
        return path === "x" ? this.#read() : this.#make();
      },
      version: async ({ path }, context) => {
        this.versionsAsked++;
        await this.#answer(context);
        if (path === "x") return String(this.version);
        throw new this.#SecretError("unusable", "It has no versions.", { reason: "versions" });
      },
      release: async () => void this.released++,
    };
  }

  #read(): SecretDocument {
    this.given.push(this.version);
    return { value: fields(`vlcanary-x-${this.version}`), version: String(this.version) };
  }

  #make(): SecretDocument {
    const number = ++this.made;
    this.#expiresAt[number] = this.#clock.epochMs() + LEASE_MS;
    const value = fields(`vlcanary-l-${number}`);
    return { value, lease: `lease-${number}`, expiresAt: this.#clock.epochMs() + LEASE_MS };
  }

  async #answer({ signal }: Context, onFailure?: () => void): Promise<void> {
    if (this.delayMs > 0) await new Promise<void>((resolve) => void this.#clock.after(this.delayMs, resolve));
    if (this.disturbance === undefined || signal.aborted) return;
    onFailure?.();
    throw new this.#SecretError(this.disturbance, "The vault is disturbed.");
  }
}
