import type { Answer, Read } from "../cache/read.ts";
import { sleep } from "../clock.ts";
import { publish } from "../diagnostics.ts";
import { isSecretError, SecretError } from "../errors/secret-error.ts";
import { MARGIN_MS, retryDelayMs } from "../lifecycle/retry-delay.ts";
import type { Locator } from "../provider.ts";
import type { Batch } from "./batch.ts";
import type { Line } from "./call.ts";

/** Reads one document, trying again by the policy table: the only retry layer there is. */
export async function readWithRetries(
  line: Line,
  batch: Batch,
  read: Read,
  about: { readonly locator: Locator; readonly fresh: boolean; readonly onSent: () => void },
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    await throttle(line, read);
    try {
      return await batch.read({ ...about, key: read.key, signal: read.signal, deadline: read.deadline });
    } catch (error) {
      const delay = isSecretError(error) ? delayMs(line, read, error, attempt) : undefined;
      if (delay === undefined || !isSecretError(error)) throw error;
      const { connection } = line;
      publish("retry", () => ({
        connection: connection.name,
        provider: connection.about.provider.name,
        code: error.code,
        attempt,
      }));
      await sleep(line.clock, delay, read.signal);
    }
  }
}

/** Ms to wait before the next attempt, or `undefined` when there is to be none. */
function delayMs(line: Line, read: Read, error: SecretError, attempt: number): number | undefined {
  const { reason } = error.details;
  if (read.signal.aborted || reason === "breaker" || reason === "deaf") return undefined;
  const { clock, connection, random } = line;
  return retryDelayMs(error, { attempt, leftMs: read.deadline - clock.hr(), random, budget: connection.budget });
}

/** Waits while the vault asked this connection to; fails at once when that is longer than anybody here waits. */
async function throttle(line: Line, read: Read): Promise<void> {
  const { clock, connection, now } = line;
  now.look();
  const wait = connection.throttledUntil - now.boot;
  if (wait <= 0) return;
  if (clock.hr() + wait + MARGIN_MS > read.deadline) {
    throw new SecretError("throttled", "The vault asked to be left alone for a while.", { retryAfterMs: wait });
  }
  await sleep(clock, wait, read.signal);
}
