import type { Clock } from "../time/clock.ts";
import { SecretError } from "../errors/secret-error.ts";
import { toSecretError } from "../errors/to-secret-error.ts";

/** How long after its abort a call may go on before it counts as deaf, in ms. */
export const UNRESPONSIVE_MS = 250;

export interface DeadlineOptions<Value> {
  readonly clock: Clock;
  /** Ms until the caller gets `timeout`. */
  readonly ms: number;
  readonly signal?: AbortSignal | undefined;
  /** Receives what a call brings after its caller was answered. */
  readonly late?: (value: Value) => void;
  /** The call ended, late or not. */
  readonly settled?: () => void;
  /** The call goes on 250 ms after it was told to stop. */
  readonly unresponsive?: () => void;
  /** How long after its caller was answered a call may still end by itself before it is told to stop, in ms. @default 0 */
  readonly lingerMs?: number;
}

/** A call that is told to stop by `signal`, and that it must have ended at `deadline`, in ms since the epoch. */
export type Timed<Value> = (signal: AbortSignal, deadline: number) => Promise<Value>;

/**
 * Runs a provider's call against a deadline and a signal. The caller is answered at once when either ends, whatever the
 * provider does: only some SDKs stop when told to. Rejects with a `SecretError`: `timeout`, `aborted`, or what `toSecretError`
 * makes of the failure.
 */
export function withDeadline<Value>(call: Timed<Value>, options: DeadlineOptions<Value>): Promise<Value> {
  const { clock, signal } = options;
  return new Promise<Value>((resolve, reject) => {
    const controller = new AbortController();
    let answered = false;
    let endTimer: (() => void) | undefined;
    const ms = Math.max(0, options.ms);
    const answer = (): boolean => {
      if (answered) return false;
      answered = true;
      cancelTimer();
      signal?.removeEventListener("abort", cancelled);
      return true;
    };
    const give = (error: SecretError): void => {
      if (!answer()) return;
      reject(error);
      const { lingerMs = 0 } = options;
      if (lingerMs > 0) endTimer = clock.after(lingerMs, stop, true);
      else stop();
    };
    const stop = (): void => {
      controller.abort();
      endTimer = options.unresponsive && clock.after(UNRESPONSIVE_MS, options.unresponsive);
    };
    const cancelled = (): void => give(new SecretError("aborted", "The call was cancelled."));
    const late = new SecretError("timeout", "The vault did not answer in time.");
    const cancelTimer = clock.after(ms, () => give(late), true);
    const end = (): void => {
      endTimer?.();
      options.settled?.();
    };
    signal?.addEventListener("abort", cancelled, { once: true });
    started(call, controller.signal, clock.epochMs() + ms).then(
      (value) => {
        end();
        if (answer()) resolve(value);
        else options.late?.(value);
      },
      (thrown: unknown) => {
        end();
        if (answer()) reject(toSecretError(thrown, controller.signal));
      },
    );
    if (signal?.aborted) cancelled();
  });
}

/** Waits for what may load a provider's package, which runs the provider's code, as long as a caller wants to. */
export type WithinDeadline = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** The patience of a caller with so many ms left, who may give up. */
export function withinDeadline(clock: Clock, ms: number, signal: AbortSignal | undefined): WithinDeadline {
  return (work) => withDeadline(work, { clock, ms, signal });
}

/** A provider may throw before it returns its promise. */
async function started<Value>(call: Timed<Value>, signal: AbortSignal, deadline: number): Promise<Value> {
  return call(signal, deadline);
}
