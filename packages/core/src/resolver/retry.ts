import type { ReadResult, DocumentRead } from "../cache/read.ts";
import { sleep } from "../time/clock.ts";
import { publish } from "../diagnostics.ts";
import { isSecretError, SecretError } from "../errors/secret-error.ts";
import { MARGIN_MS, retryDelayMs } from "../connection/retry-delay.ts";
import type { Locator } from "../contract/provider.ts";
import type { Batch } from "./batch.ts";
import type { CallContext } from "./call.ts";

/** Reads one document, trying again by the policy table: the only retry layer there is. */
export async function readWithRetries(
  callContext: CallContext,
  batch: Batch,
  read: DocumentRead,
  about: { readonly locator: Locator; readonly fresh: boolean; readonly onSent: () => void },
): Promise<ReadResult> {
  for (let attempt = 1; ; attempt++) {
    await throttle(callContext, read);
    try {
      return await batch.read({ ...about, key: read.key, signal: read.signal, deadline: read.deadline });
    } catch (error) {
      const delay = isSecretError(error) ? delayMs(callContext, read, error, attempt) : undefined;
      if (delay === undefined || !isSecretError(error)) throw error;
      const { connection } = callContext;
      publish("retry", () => ({
        connection: connection.name,
        provider: connection.about.provider.name,
        code: error.code,
        attempt,
      }));
      await sleep(callContext.clock, delay, read.signal);
    }
  }
}

/** Ms to wait before the next attempt, or `undefined` when there is to be none. */
function delayMs(
  callContext: CallContext,
  read: DocumentRead,
  error: SecretError,
  attempt: number,
): number | undefined {
  const { reason } = error.details;
  if (read.signal.aborted || reason === "circuit-open" || reason === "unresponsive") return undefined;
  const { clock, connection, random } = callContext;
  return retryDelayMs(error, {
    attempt,
    leftMs: read.deadline - clock.monotonicMs(),
    random,
    retryBudget: connection.retryBudget,
  });
}

/** Waits while the vault asked this connection to; fails at once when that is longer than anybody here waits. */
async function throttle(callContext: CallContext, read: DocumentRead): Promise<void> {
  const { clock, connection, now } = callContext;
  now.sample();
  const wait = connection.throttledUntil - now.uptimeMs;
  if (wait <= 0) return;
  if (clock.monotonicMs() + wait + MARGIN_MS > read.deadline) {
    throw new SecretError("throttled", "The vault asked to be left alone for a while.", { retryAfterMs: wait });
  }
  await sleep(clock, wait, read.signal);
}
