import { MOVED } from "../cache/in-flight.ts";
import type { SampledClock } from "../time/sampled-clock.ts";
import type { Clock } from "../time/clock.ts";
import { publish } from "../diagnostics.ts";
import { SecretError } from "../errors/secret-error.ts";
import { toSecretError } from "../errors/to-secret-error.ts";
import type { Connection } from "../connection/connection.ts";
import { lentBy } from "../connection/lent.ts";
import type { LiveSession } from "../connection/session.ts";
import { boundedWaitMs } from "../connection/retry-delay.ts";
import type { Context } from "../contract/provider.ts";
import { withDeadline } from "../async/deadline.ts";
import type { Semaphore } from "../async/semaphore.ts";

/** What every call to a vault needs. */
export interface CallContext {
  readonly clock: Clock;
  readonly now: SampledClock;
  readonly random: () => number;
  readonly semaphore: Semaphore;
  readonly connection: Connection;
  readonly attemptMs: number;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  /** By `monotonicMs`, in ms. */
  readonly deadline: number;
  readonly fresh: boolean;
  /** Which documents it asks for. */
  readonly documents: readonly string[];
}

/** What of a session that can end leases is told to stop goes on so long, in ms: its answer may bring one. */
const LINGER_MS = 500;

/**
 * One call to the vault: one slot, one attempt, one deadline. Rejects with `MOVED` when the session is gone, else with
 * a `SecretError`.
 */
export async function callVault<Value>(
  callContext: CallContext,
  options: CallOptions,
  call: (live: LiveSession, context: Context) => Promise<Value>,
  late: (value: Value) => void,
): Promise<Value> {
  const { clock, connection, now } = callContext;
  const { documents } = options;
  const free = await callContext.semaphore.take(options.signal);
  const live = connection.live();
  if (live === undefined) {
    free();
    throw MOVED;
  }
  const leave = live.enter();
  const { circuitBreaker, about } = connection;
  now.sample();
  // A session that needs nobody is being replaced already: what is left of it may be used meanwhile.
  const isUnresponsive = live.person && live.unresponsive >= callContext.semaphore.size;
  const refusal = isUnresponsive
    ? unresponsiveError()
    : circuitOpenError(circuitBreaker.waitMs(now.uptimeMs, documents));
  if (refusal !== undefined) {
    leave();
    free();
    throw refusal;
  }
  connection.reads++;
  const sentAt = now.monotonicMs;
  let unresponsive = false;
  try {
    const value = await withDeadline(
      (signal, deadline) => call(live, { signal, deadline, ...lentBy(about), ...(options.fresh && { fresh: true }) }),
      {
        clock,
        ms: Math.max(0, Math.min(callContext.attemptMs, options.deadline - sentAt)),
        signal: options.signal,
        late,
        lingerMs: live.session.release === undefined ? 0 : LINGER_MS,
        settled: () => {
          leave();
          free();
          if (unresponsive) live.unresponsive--;
        },
        unresponsive: () => {
          unresponsive = true;
          live.unresponsive++;
          free();
          if (!live.person) connection.markUnresponsive(live);
        },
      },
    );
    now.sample();
    connection.circuitBreaker.answered(now.uptimeMs, documents);
    connection.retryBudget.succeeded();
    report(callContext, options, sentAt);
    return value;
  } catch (thrown) {
    const error = toSecretError(thrown);
    judge(callContext, error, documents);
    report(callContext, options, sentAt, error);
    if (error.code === "unauthenticated") connection.expire(live.serial, error);
    throw error;
  }
}

/** What a failure says about the vault as a whole. */
function judge({ connection, now, random }: CallContext, error: SecretError, documents: readonly string[]): void {
  const { circuitBreaker } = connection;
  now.sample();
  if (error.code === "unavailable" || error.code === "timeout") {
    circuitBreaker.failed(now.uptimeMs, random(), { documents, answered: isAnswer(error) });
  } else if (error.code === "aborted" || error.code === "internal") circuitBreaker.undecided(documents);
  else circuitBreaker.answered(now.uptimeMs, documents);
  const { retryAfterMs } = error.details;
  // "Never" is about this read: taken for the connection, nothing could end it.
  if (error.code === "throttled" && retryAfterMs !== undefined && Number.isFinite(retryAfterMs)) {
    connection.throttledUntil = Math.max(connection.throttledUntil, now.uptimeMs + boundedWaitMs(retryAfterMs));
  }
}

function circuitOpenError(waitMs: number | undefined): SecretError | undefined {
  if (waitMs === undefined) return undefined;
  return new SecretError("unavailable", "The vault failed several times in a row, so it is not asked for a while.", {
    reason: "circuit-open",
    retryAfterMs: waitMs,
  });
}

function unresponsiveError(): SecretError {
  return new SecretError("unavailable", "The vault has stopped answering; earlier calls to it still hang.", {
    reason: "unresponsive",
  });
}

function report(
  { clock, connection }: CallContext,
  { documents }: CallOptions,
  sentAt: number,
  error?: SecretError,
): void {
  publish("read", () => ({
    connection: connection.name,
    provider: connection.about.provider.name,
    code: error?.code,
    items: documents.length,
    source: "vault",
    durationMs: clock.monotonicMs() - sentAt,
  }));
}

/** Gateways that could not reach the vault, and a vault that says it is out of service. */
const OUT_OF_SERVICE = new Set([502, 503, 504]);

/** Whether the vault itself answered this one request, as far as one can tell: then it is there. */
function isAnswer({ code, details: { native } }: SecretError): boolean {
  return code === "unavailable" && native?.status !== undefined && !OUT_OF_SERVICE.has(native.status);
}
