import type { Clock } from "../time/clock.ts";
import { SecretError } from "../errors/secret-error.ts";

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

/** What a call rejects with after its signal has aborted. */
export function abortedError(): SecretError {
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
    const onAbort = (): void => void end(() => reject(abortedError()), true);
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
