import type { Clock } from "../time/clock.ts";
import { SecretError, toSecretError } from "../errors/secret-error.ts";

/** What ends a wait before its result is there. */
export interface WaitBounds {
  /** Rejects the wait with `timeoutError` after `ms`. Without it, time does not end the wait. */
  readonly timeout?: { readonly clock: Clock; readonly ms: number };
  /** Rejects the wait with `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** @default `timeout`, "The vault did not answer in time." */
  readonly timeoutError?: (() => SecretError) | undefined;
}

/** A wait in progress. Only its first outcome counts. */
export interface Wait<Value> {
  readonly pending: boolean;
  /** Returns whether this was the first outcome. */
  resolve(value: Value): boolean;
  reject(error: unknown): boolean;
}

/** Called once when a wait ends. `gaveUp`: by its timeout or its signal, not by a result. */
export type OnWaitEnd = (gaveUp: boolean) => void;

/** What to throw, and what a call rejects with, once its signal has aborted. */
export function cancelled(): SecretError {
  return new SecretError("aborted", "The call was cancelled.");
}

/**
 * A promise that also ends by a timeout or a signal: the one place where core combines the three. `start` receives the
 * wait and returns what cleans up after it; it runs even if `signal` has aborted already.
 */
export function boundedWait<Value>(
  { timeout, signal, timeoutError }: WaitBounds,
  start: (wait: Wait<Value>) => OnWaitEnd,
): Promise<Value> {
  return new Promise<Value>((resolve, reject) => {
    let pending = true;
    const end = (settle: () => void, gaveUp: boolean): boolean => {
      if (!pending) return false;
      pending = false;
      cancelTimer?.();
      signal?.removeEventListener("abort", onAbort);
      settle();
      onEnd(gaveUp);
      return true;
    };
    const onAbort = (): void => void end(() => reject(cancelled()), true);
    const onTimeout = (): void => {
      const error = timeoutError?.() ?? new SecretError("timeout", "The vault did not answer in time.");
      end(() => reject(error), true);
    };
    const cancelTimer = timeout?.clock.after(Math.max(0, timeout.ms), onTimeout, true);
    signal?.addEventListener("abort", onAbort, { once: true });
    const onEnd = start({
      get pending() {
        return pending;
      },
      resolve: (value) => end(() => resolve(value), false),
      reject: (error) => end(() => reject(error), false),
    });
    if (signal?.aborted) onAbort();
  });
}

/**
 * Waits for a promise no longer than until the signal aborts, whatever an SDK does. Throws `aborted` then; the promise is
 * left to itself, and its late rejection is nobody's.
 */
export function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return boundedWait({ signal }, (wait) => {
    promise.then(
      (value) => wait.resolve(value),
      (error: unknown) => wait.reject(error),
    );
    return () => {};
  });
}

/** How long a call may run after its abort before it counts as unresponsive, in ms. */
const UNRESPONSIVE_MS = 250;

export interface DeadlineOptions<Value> {
  readonly clock: Clock;
  /** Ms until the caller gets `timeout`. */
  readonly ms: number;
  readonly signal?: AbortSignal | undefined;
  /** Receives the result of a call whose caller has been answered already. */
  readonly onLateResult?: (value: Value) => void;
  /** The call has ended, late or not. */
  readonly onEnd?: () => void;
  /** The call is still running 250 ms after its signal aborted. */
  readonly onUnresponsive?: () => void;
  /** How long the call may keep running after its caller has been answered, before its signal aborts, in ms. @default 0 */
  readonly lingerMs?: number;
}

/** A call that must stop when `signal` aborts, and end by `deadline`, in ms since the epoch. */
export type BoundedCall<Value> = (signal: AbortSignal, deadline: number) => Promise<Value>;

/**
 * Runs a provider's call with a deadline and a signal. The caller is answered as soon as either ends, whatever the
 * provider does: only some SDKs stop when their signal aborts. Rejects with a `SecretError`: `timeout`, `aborted`, or
 * what `toSecretError` makes of the failure.
 */
export function withDeadline<Value>(call: BoundedCall<Value>, options: DeadlineOptions<Value>): Promise<Value> {
  const { clock, lingerMs = 0, signal } = options;
  const ms = Math.max(0, options.ms);
  return boundedWait({ timeout: { clock, ms }, signal }, (wait) => {
    const controller = new AbortController();
    let cancelTimer: (() => void) | undefined;
    const stop = (): void => {
      controller.abort();
      cancelTimer = options.onUnresponsive && clock.after(UNRESPONSIVE_MS, options.onUnresponsive);
    };
    const end = (): void => {
      cancelTimer?.();
      options.onEnd?.();
    };
    started(call, controller.signal, clock.epochMs() + ms).then(
      (value) => {
        end();
        if (!wait.resolve(value)) options.onLateResult?.(value);
      },
      (thrown: unknown) => {
        end();
        if (wait.pending) wait.reject(toSecretError(thrown, controller.signal));
      },
    );
    return (gaveUp) => {
      if (!gaveUp) return;
      if (lingerMs > 0) cancelTimer = clock.after(lingerMs, stop, true);
      else stop();
    };
  });
}

/** Bounds work that is not a call to the vault, such as loading a provider's package, by one caller's deadline. */
export type WithinDeadline = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** A `WithinDeadline` for a caller with `ms` left, who may also abort. */
export function withinDeadline(clock: Clock, ms: number, signal: AbortSignal | undefined): WithinDeadline {
  return (work) => withDeadline(work, { clock, ms, signal });
}

/** A provider may throw before it returns its promise. */
async function started<Value>(call: BoundedCall<Value>, signal: AbortSignal, deadline: number): Promise<Value> {
  return call(signal, deadline);
}

/** Callers that wait for the same result, each with its own deadline and signal. */
export class Waiters<Value> {
  readonly #clock: Clock;
  /** Each with its deadline, by `monotonicMs`, in ms. */
  readonly #waiting = new Map<Wait<Value>, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits until `deadline` (`monotonicMs`, in ms); `timeoutError` makes what a caller gets then. */
  wait(deadline: number, signal: AbortSignal | undefined, timeoutError?: () => SecretError): Promise<Value> {
    const timeout = { clock: this.#clock, ms: deadline - this.#clock.monotonicMs() };
    return boundedWait({ timeout, signal, timeoutError: timeoutError ?? notOpened }, (wait) => {
      this.#waiting.set(wait, deadline);
      return () => this.#waiting.delete(wait);
    });
  }

  /** The latest deadline of all callers, by `monotonicMs`, in ms; 0 if nobody waits. */
  get latestDeadline(): number {
    return Math.max(0, ...this.#waiting.values());
  }

  resolve(value: Value): void {
    for (const wait of [...this.#waiting.keys()]) wait.resolve(value);
  }

  reject(error: SecretError): void {
    for (const wait of [...this.#waiting.keys()]) wait.reject(error);
  }
}

const notOpened = (): SecretError => new SecretError("timeout", "The connection did not open in time.");

/** A promise that its owner settles, with a signal for the work behind it. Only the first outcome counts. */
export class Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly #controller = new AbortController();
  #resolve!: (value: Value) => void;
  #reject!: (error: unknown) => void;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever waits sees the rejection; if nobody does, it must not end the process.
    this.promise.catch(() => undefined);
  }

  /** Aborts when the work is to stop. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  resolve(value: Value): void {
    this.#resolve(value);
  }

  reject(error: unknown): void {
    this.#reject(error);
  }

  /** Tells the work to stop. The promise stays pending until the work, or its owner, settles it. */
  abort(): void {
    this.#controller.abort();
  }
}
