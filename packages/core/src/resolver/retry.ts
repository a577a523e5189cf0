import type { Answer, Read } from "../cache/cache.ts";
import { sleep } from "../clock.ts";
import { publish } from "../diagnostics.ts";
import { isSecretError, SecretError } from "../errors/secret-error.ts";
import { backoffMs } from "../lifecycle/backoff.ts";
import type { Locator } from "../provider.ts";
import type { Batch } from "./batch.ts";
import { isTransient, type Line } from "./call.ts";

const ATTEMPTS = 3;
const STEP_MS = 200;
const CAP_MS = 5000;
/** A retry that would leave less than this, in ms, is not worth starting. */
const MARGIN_MS = 250;

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
      return await batch.read({ ...about, signal: read.signal, deadline: read.deadline });
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
  if (attempt >= ATTEMPTS || read.signal.aborted || !isTransient(error)) return undefined;
  if (error.details.reason === "breaker" || error.details.reason === "deaf") return undefined;
  const asked = error.details.retryAfterMs;
  const delay = asked ?? backoffMs(attempt, line.random(), STEP_MS, CAP_MS);
  if (line.clock.hr() + delay + MARGIN_MS > read.deadline) return undefined;
  return line.connection.budget.spend() ? delay : undefined;
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
