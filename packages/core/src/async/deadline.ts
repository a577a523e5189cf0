import type { Clock } from "../time/clock.ts";
import { toSecretError } from "../errors/to-secret-error.ts";
import { boundedWait } from "./bounded-wait.ts";

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
