import { sleep } from "../time/clock.ts";
import type { InFlightRead, ReadResult, SessionGone } from "../cache/in-flight.ts";
import { MIN_ATTEMPT_MS, retryDelayMs } from "../connection/retry-delay.ts";
import { publish } from "../diagnostics.ts";
import { isSecretError, SecretError } from "../errors/secret-error.ts";
import type { Batch, BatchItem } from "./batch.ts";
import type { CallContext } from "./call.ts";

/** Reads one document, retrying by the policy table. Nothing else in core retries a read. */
export async function readWithRetries(
  callContext: CallContext,
  batch: Batch,
  read: InFlightRead,
  request: Pick<BatchItem, "locator" | "fresh" | "onSent">,
): Promise<ReadResult | SessionGone> {
  for (let attempt = 1; ; attempt++) {
    await throttle(callContext, read);
    try {
      return await batch.read({ ...request, key: read.key, signal: read.signal, deadline: () => read.deadline });
    } catch (error) {
      const delay = isSecretError(error) ? delayMs(callContext, read, error, attempt) : undefined;
      if (delay === undefined || !isSecretError(error)) throw error;
      const { name: connection, config } = callContext.connection;
      publish("retry", () => ({ connection, provider: config.provider.name, code: error.code, attempt }));
      await sleep(callContext.clock, delay, read.signal);
    }
  }
}

/** Ms to wait before the next attempt, or `undefined` if there is none. */
function delayMs(
  callContext: CallContext,
  read: InFlightRead,
  error: SecretError,
  attempt: number,
): number | undefined {
  const { reason } = error.details;
  if (read.signal.aborted || reason === "circuit-open" || reason === "unresponsive") return undefined;
  const { clock, connection, random } = callContext;
  const leftMs = read.deadline - clock.monotonicMs();
  return retryDelayMs(error, { attempt, leftMs, random, retryBudget: connection.retryBudget });
}

/** Waits as long as the vault asked this connection to. Throws `throttled` at once if no caller waits that long. */
export async function throttle(
  callContext: CallContext,
  { deadline, signal }: Pick<InFlightRead, "deadline" | "signal">,
): Promise<void> {
  const { clock, connection, now } = callContext;
  now.sample();
  const wait = connection.throttledUntil - now.uptimeMs;
  if (wait <= 0) return;
  if (clock.monotonicMs() + wait + MIN_ATTEMPT_MS > deadline) {
    throw new SecretError("throttled", "The vault asked to be left alone for a while.", { retryAfterMs: wait });
  }
  await sleep(clock, wait, signal);
}
