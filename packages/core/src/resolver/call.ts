import { MOVED } from "../cache/flights.ts";
import type { Present } from "../cache/time.ts";
import type { Clock } from "../clock.ts";
import { publish } from "../diagnostics.ts";
import { SecretError } from "../errors/secret-error.ts";
import { wrap } from "../errors/wrap.ts";
import type { Connection } from "../lifecycle/connection.ts";
import { lentBy } from "../lifecycle/lent.ts";
import type { LiveSession } from "../lifecycle/live-session.ts";
import { boundedWaitMs } from "../lifecycle/retry-delay.ts";
import type { Context } from "../provider.ts";
import { race } from "../race.ts";
import type { Slots } from "./slots.ts";

/** What every call to a vault needs. */
export interface Line {
  readonly clock: Clock;
  readonly now: Present;
  readonly random: () => number;
  readonly slots: Slots;
  readonly connection: Connection;
  readonly attemptMs: number;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  /** By `hr`, in ms. */
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
  line: Line,
  options: CallOptions,
  call: (live: LiveSession, context: Context) => Promise<Value>,
  late: (value: Value) => void,
): Promise<Value> {
  const { clock, connection, now } = line;
  const { documents } = options;
  const free = await line.slots.take(options.signal);
  const live = connection.live();
  if (live === undefined) {
    free();
    throw MOVED;
  }
  const leave = live.enter();
  const { breaker, about } = connection;
  now.look();
  // A session that needs nobody is being replaced already: what is left of it may be used meanwhile.
  const deafened = live.person && live.deaf >= line.slots.size;
  const refusal = deafened ? deafRefusal() : breakerRefusal(breaker.waitMs(now.boot, documents));
  if (refusal !== undefined) {
    leave();
    free();
    throw refusal;
  }
  connection.reads++;
  const sentAt = now.hr;
  let deaf = false;
  try {
    const value = await race(
      (signal, deadline) => call(live, { signal, deadline, ...lentBy(about), ...(options.fresh && { fresh: true }) }),
      {
        clock,
        ms: Math.max(0, Math.min(line.attemptMs, options.deadline - sentAt)),
        signal: options.signal,
        late,
        lingerMs: live.session.release === undefined ? 0 : LINGER_MS,
        settled: () => {
          leave();
          free();
          if (deaf) live.deaf--;
        },
        deaf: () => {
          deaf = true;
          live.deaf++;
          free();
          if (!live.person) connection.deaf(live);
        },
      },
    );
    now.look();
    connection.breaker.answered(now.boot, documents);
    connection.budget.succeeded();
    report(line, options, sentAt);
    return value;
  } catch (thrown) {
    const error = wrap(thrown);
    judge(line, error, documents);
    report(line, options, sentAt, error);
    if (error.code === "unauthenticated") connection.lapsed(live.serial, error);
    throw error;
  }
}

/** What a failure says about the vault as a whole. */
function judge({ connection, now, random }: Line, error: SecretError, documents: readonly string[]): void {
  const { breaker } = connection;
  now.look();
  if (error.code === "unavailable" || error.code === "timeout") {
    breaker.failed(now.boot, random(), { documents, answered: isAnswer(error) });
  } else if (error.code === "aborted" || error.code === "internal") breaker.undecided(documents);
  else breaker.answered(now.boot, documents);
  const { retryAfterMs } = error.details;
  // "Never" is about this read: taken for the connection, nothing could end it.
  if (error.code === "throttled" && retryAfterMs !== undefined && Number.isFinite(retryAfterMs)) {
    connection.throttledUntil = Math.max(connection.throttledUntil, now.boot + boundedWaitMs(retryAfterMs));
  }
}

function breakerRefusal(waitMs: number | undefined): SecretError | undefined {
  if (waitMs === undefined) return undefined;
  return new SecretError("unavailable", "The vault failed several times in a row, so it is not asked for a while.", {
    reason: "breaker",
    retryAfterMs: waitMs,
  });
}

function deafRefusal(): SecretError {
  return new SecretError("unavailable", "The vault has stopped answering; earlier calls to it still hang.", {
    reason: "deaf",
  });
}

function report({ clock, connection }: Line, { documents }: CallOptions, sentAt: number, error?: SecretError): void {
  publish("read", () => ({
    connection: connection.name,
    provider: connection.about.provider.name,
    code: error?.code,
    items: documents.length,
    source: "vault",
    durationMs: clock.hr() - sentAt,
  }));
}

/** Gateways that could not reach the vault, and a vault that says it is out of service. */
const OUT_OF_SERVICE = new Set([502, 503, 504]);

/** Whether the vault itself answered this one request, as far as one can tell: then it is there. */
function isAnswer({ code, details: { native } }: SecretError): boolean {
  return code === "unavailable" && native?.status !== undefined && !OUT_OF_SERVICE.has(native.status);
}
