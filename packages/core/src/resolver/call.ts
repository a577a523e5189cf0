import type { Clock, SampledClock } from "../time/clock.ts";
import { type DeadlineOptions, withDeadline } from "../async/deadline.ts";
import { SESSION_GONE, type SessionGone } from "../cache/in-flight.ts";
import { contextEnv } from "../connection/config.ts";
import type { Connection } from "../connection/connection.ts";
import { boundedRetryAfterMs } from "../connection/retry-delay.ts";
import type { LiveSession } from "../connection/session.ts";
import type { Context } from "../contract/provider.ts";
import { publish } from "../diagnostics.ts";
import { isSessionEnded, SecretError, toSecretError } from "../errors/secret-error.ts";
import type { CallSlot, CallSlots } from "./call-slots.ts";
import { isAnswer, isOverload, type Load } from "./overload.ts";

/** What every call to a vault needs. */
export interface CallContext {
  readonly clock: Clock;
  readonly now: SampledClock;
  readonly random: () => number;
  readonly slots: CallSlots;
  readonly connection: Connection;
  readonly attemptMs: number;
}

export interface CallOptions<Value> {
  readonly signal: AbortSignal;
  /** By `monotonicMs`, in ms; asked once the call is sent, since callers may join until then. */
  readonly deadline: () => number;
  readonly fresh: boolean;
  /** The keys of the documents that it asks for. */
  readonly documents: readonly string[];
  /** Sends the request. */
  readonly send: (live: LiveSession, context: Context) => Promise<Value>;
  /** Receives a result whose caller has been answered already. */
  readonly onLateResult: (value: Value) => void;
  /** What a result says of the vault's load. @default that it was borne */
  readonly loadOf?: (value: Value) => Load;
}

/** A call that may be sent: its session, and the slot it occupies. */
interface Admission {
  readonly live: LiveSession;
  readonly slot: CallSlot;
  /** Ends the call for its session, and frees the slot. */
  readonly leave: () => void;
}

/** How long a call continues after its caller has given up, if its session has leases: the answer may bring one. In ms. */
const LINGER_MS = 500;

/**
 * Makes one call to the vault: one slot, one attempt, one deadline. Resolves with `SESSION_GONE` if there is no session
 * any more. Rejects with a `SecretError`.
 */
export async function callVault<Value extends object>(
  callContext: CallContext,
  options: CallOptions<Value>,
): Promise<Value | SessionGone> {
  const { clock, connection, now, slots } = callContext;
  const live = connection.live();
  // Nobody waits for a slot to be told that the vault is left alone.
  const obstacle = circuitOpenError(connection.circuitBreaker.waitMs(now.uptimeMs, options.documents));
  if (obstacle !== undefined) throw obstacle;
  const slot = await slots.take(options.signal, live?.session.maxConcurrency);
  const admission = admit(callContext, options.documents, slot);
  if (admission === SESSION_GONE) return SESSION_GONE;
  connection.countRead();
  const sentAt = now.monotonicMs;
  const elapsedMs = (): number => clock.monotonicMs() - sentAt;
  try {
    const value = await send(callContext, options, admission);
    recordSuccess(callContext, options.documents);
    if (options.loadOf === undefined || options.loadOf(value) === "borne") slot.answered(elapsedMs());
    report(connection, options.documents, elapsedMs);
    return value;
  } catch (thrown) {
    const error = toSecretError(thrown);
    tellOverload(slot, error, options.documents);
    recordFailure(callContext, error, options.documents);
    report(connection, options.documents, elapsedMs, error);
    if (error.code === "unauthenticated" || isSessionEnded(error)) connection.expire(admission.live.serial, error);
    throw error;
  }
}

/** Checks whether a call may be sent now, and frees its slot if not. Throws `unavailable` if the vault is to be left alone. */
function admit(
  { connection, now, slots }: CallContext,
  documents: readonly string[],
  slot: CallSlot,
): Admission | SessionGone {
  const live = connection.live();
  if (live === undefined) {
    slot.free();
    return SESSION_GONE;
  }
  const leaveSession = live.enter();
  const leave = (): void => {
    leaveSession();
    slot.free();
  };
  now.sample();
  // A session that needed no person is being replaced already, and what is left of it may be used meanwhile.
  const isUnresponsive = live.person && live.unresponsiveCalls >= slots.firstSize;
  const obstacle = isUnresponsive
    ? unresponsiveError()
    : circuitOpenError(connection.circuitBreaker.admit(now.uptimeMs, documents));
  if (obstacle === undefined) return { live, slot, leave };
  leave();
  throw obstacle;
}

/** Sends the request, bounded by the attempt's and the caller's time. */
function send<Value>(
  { attemptMs, clock, connection, now }: CallContext,
  options: CallOptions<Value>,
  { leave, live, slot }: Admission,
): Promise<Value> {
  let onStopped: (() => void) | undefined;
  const bounds: DeadlineOptions<Value> = {
    clock,
    ms: Math.max(0, Math.min(attemptMs, options.deadline() - now.monotonicMs)),
    signal: options.signal,
    onLateResult: options.onLateResult,
    lingerMs: live.session.release === undefined ? 0 : LINGER_MS,
    onEnd: () => {
      leave();
      onStopped?.();
    },
    onUnresponsive: () => {
      onStopped = live.callUnresponsive();
      slot.free();
      if (!live.person) connection.markUnresponsive(live);
    },
  };
  const context = { ...contextEnv(connection.config), ...(options.fresh && { fresh: true }) };
  const call = async (signal: AbortSignal, deadline: number): Promise<Value> => {
    try {
      const value = await options.send(live, { signal, deadline, ...context });
      if (options.loadOf?.(value) === "overloaded") slot.overloaded(undefined);
      return value;
    } catch (thrown) {
      // Before its slot is free: nobody is sent after it who would not be sent now.
      tellOverload(slot, thrown, options.documents);
      throw thrown;
    }
  };
  return withDeadline(call, bounds);
}

/** A throttle is about all calls, a missing answer perhaps about one document. */
function tellOverload(slot: CallSlot, thrown: unknown, documents: readonly string[]): void {
  if (isOverload(thrown)) slot.overloaded(thrown.code === "throttled" ? undefined : documents);
}

function recordSuccess({ connection, now }: CallContext, documents: readonly string[]): void {
  now.sample();
  connection.circuitBreaker.answered(now.uptimeMs, documents);
  connection.retryBudget.succeeded();
}

/** Derives from a failure what it says about the vault as a whole. */
function recordFailure(
  { connection, now, random }: CallContext,
  error: SecretError,
  documents: readonly string[],
): void {
  const { circuitBreaker } = connection;
  now.sample();
  if (error.code === "unavailable" || error.code === "timeout") {
    circuitBreaker.failed(now.uptimeMs, random(), { documents, answered: isAnswer(error) });
  } else if (error.code === "aborted" || error.code === "internal") circuitBreaker.undecided(documents);
  else circuitBreaker.answered(now.uptimeMs, documents);
  const { retryAfterMs } = error.details;
  // `Infinity` is about this read: for the connection, it would never end.
  if (error.code === "throttled" && retryAfterMs !== undefined && Number.isFinite(retryAfterMs)) {
    connection.throttle(now.uptimeMs + boundedRetryAfterMs(retryAfterMs));
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
  connection: Connection,
  documents: readonly string[],
  elapsedMs: () => number,
  error?: SecretError,
): void {
  publish("read", () => ({
    connection: connection.name,
    provider: connection.config.provider.name,
    code: error?.code,
    items: documents.length,
    source: "vault",
    durationMs: elapsedMs(),
  }));
}
