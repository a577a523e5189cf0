import { isPlainName, SecretError } from "../errors/secret-error.ts";
import type { Clock } from "../time/clock.ts";
import type { CheckOptions, Watch } from "../value-changes.ts";

const INTERVAL_MS = 60_000;
const MIN_INTERVAL_MS = 1000;
/** By how much of it an interval is shortened at most. */
const JITTER = 0.1;

/** What a follower is made of. */
export interface FollowerParts {
  readonly clock: Clock;
  readonly random: () => number;
  /** Names of links, or references. */
  readonly names: readonly string[];
  /** The connections that they lead to, as far as known. */
  readonly connections: () => readonly string[];
  readonly options: CheckOptions;
  /** Looks once. Never rejects; `signal` aborts when the follower ends. */
  readonly look: (signal: AbortSignal) => Promise<void>;
  /** Ms until it looks again, if that is sooner than the interval. */
  readonly soonerMs?: () => number;
  /** It ends because its link or its connection did, which the error tells. */
  readonly onEnd: (error: SecretError) => void;
}

/** Looks at names again and again, one look at a time, until it ends. Its timers keep no process alive. */
export class Follower implements Watch {
  readonly #parts: FollowerParts;
  readonly #intervalMs: number;
  readonly #controller = new AbortController();
  #cancelTimer: (() => void) | undefined;
  #looking: Promise<void> | undefined;
  #again = false;

  /** Throws `invalid_config` for an invalid interval. */
  constructor(parts: FollowerParts) {
    const { intervalMs = INTERVAL_MS } = parts.options;
    if (typeof intervalMs !== "number" || !(intervalMs >= MIN_INTERVAL_MS)) {
      throw new SecretError("invalid_config", "intervalMs is a number of milliseconds, at least 1000.");
    }
    this.#parts = parts;
    this.#intervalMs = intervalMs;
  }

  /** Aborts when it ends. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  follows(name: string): boolean {
    return this.#parts.names.includes(name);
  }

  uses(connection: string): boolean {
    return this.#parts.connections().includes(connection);
  }

  /** Looks now, or as soon as the look that is under way has ended. */
  look(): void {
    if (this.#controller.signal.aborted) return;
    this.#again = this.#looking !== undefined;
    this.#looking ??= this.#look();
  }

  /** Sets the time of the next look. */
  schedule(): void {
    const { clock, random, soonerMs } = this.#parts;
    const usual = this.#intervalMs * (1 - JITTER * random());
    this.#cancelTimer?.();
    this.#cancelTimer = clock.after(Math.min(usual, soonerMs?.() ?? Infinity), () => this.look());
  }

  /** Its link or its connection has ended. */
  end(error: SecretError): void {
    if (this.#controller.signal.aborted) return;
    void this.close();
    this.#parts.onEnd(error);
  }

  async close(): Promise<void> {
    this.#controller.abort();
    this.#cancelTimer?.();
    await this.#looking;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #look(): Promise<void> {
    this.#cancelTimer?.();
    await this.#parts.look(this.#controller.signal);
    this.#looking = undefined;
    if (this.#controller.signal.aborted) return;
    if (this.#again) this.look();
    else this.schedule();
  }
}

/** The followers of one vault that have not ended. */
export class Followers {
  readonly #all = new Set<Follower>();

  add(follower: Follower): void {
    this.#all.add(follower);
    follower.signal.addEventListener("abort", () => this.#all.delete(follower), { once: true });
  }

  /** A name leads elsewhere now. */
  relinked(name: string): void {
    for (const follower of this.#all) if (follower.follows(name)) follower.look();
  }

  /** A name was unlinked. */
  unlinked(name: string): void {
    const error = new SecretError("unresolved", "The name was unlinked.", { reason: "unlinked" });
    for (const follower of this.#all) if (follower.follows(name)) follower.end(error);
  }

  /** A connection was disconnected by its user. */
  disconnected(connection: string, error: SecretError): void {
    for (const follower of this.#all) if (follower.uses(connection)) follower.end(error);
  }

  close(): Promise<unknown> {
    return Promise.all([...this.#all].map((follower) => follower.close()));
  }
}

/** Gives an error to whoever wants it; else the process is warned, without what was thrown, which may hold anything. */
export function report(
  onError: ((error: unknown) => void) | undefined,
  error: unknown,
  name: string | undefined,
): void {
  if (onError !== undefined) return onError(error);
  const shown = name !== undefined && isPlainName(name) ? name : "a link";
  process.emitWarning(`A change of ${shown} was not taken over yet; pass onError to learn why.`, {
    code: "VAULTLINK_CHANGE",
  });
}
