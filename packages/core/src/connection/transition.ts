import { POLICY } from "../errors/codes.ts";
import type { SecretError } from "../errors/secret-error.ts";
import { backoffMs, boundedRetryAfterMs } from "./retry-delay.ts";
import {
  type TransitionInput,
  type Effect,
  type Event,
  type Expired,
  type Openable,
  type Opening,
  type Ready,
  REOPEN_MS,
  type State,
  type Step,
} from "./state.ts";

/** The next state of a connection, and what to do. Pure; an event that cannot apply changes nothing. */
export function transition(state: State, event: Event, input: TransitionInput): Step {
  if (state.phase === "closed") return event.type === "opened" ? step(state, discard(event.attempt)) : step(state);
  switch (event.type) {
    case "read":
      return mayOpen(state, input) ? open(state, false, input) : step(state);
    case "person":
      return byPerson(state, input);
    case "opened":
      return opened(state, event);
    case "renewed":
      return renewed(state, event);
    case "refused":
      return refused(state, event, input);
    case "renewal-due":
      return replaceable(state, event.serial) && (event.renewable || !state.person)
        ? replace(state, event.renewable ? "renew" : "open", input)
        : step(state);
    case "unresponsive":
      return replaceable(state, event.serial) && !state.person ? replace(state, "open", input) : step(state);
    case "expired":
      return expired(state, event, input);
    case "disconnect":
      return step({ phase: "disconnected", onDemand: false }, { do: "abort" }, { do: "detach" }, { do: "wake" });
    case "close":
      return step({ phase: "closed" }, { do: "abort" }, { do: "detach" }, { do: "wake" });
  }
}

/** Whether a read may open the connection without a person. */
export function mayOpen(state: State, input: Pick<TransitionInput, "uptimeMs">): state is Openable {
  switch (state.phase) {
    case "disconnected":
      return state.onDemand;
    case "expired":
    case "failed":
      return input.uptimeMs >= state.retryAt;
    default:
      return false;
  }
}

function byPerson(state: State, input: TransitionInput): Step {
  switch (state.phase) {
    case "disconnected":
    case "expired":
    case "failed":
      return open(state, true, input);
    case "ready":
      return state.next === undefined
        ? step({ ...state, next: { attempt: input.attempt, by: "open", person: true } }, start(input.attempt, true))
        : step(state);
    default:
      return step(state);
  }
}

function open(state: Openable, person: boolean, input: TransitionInput): Step {
  const opening: Opening = {
    phase: "opening",
    attempt: input.attempt,
    person,
    previousIdentity: state.phase === "disconnected" ? undefined : state.previousIdentity,
    onDemand: state.phase === "disconnected" ? state.onDemand : true,
    fallback: state.phase === "disconnected" ? undefined : state,
    failures: state.phase === "failed" ? state.failures : 0,
    reopenedAt: state.phase === "expired" ? state.reopenedAt : undefined,
  };
  return step(opening, start(input.attempt, person));
}

function opened(state: State, event: Extract<Event, { type: "opened" }>): Step {
  const { attempt, identity, person } = event;
  const adopt: Effect = { do: "adopt", attempt };
  if (state.phase === "opening" && state.attempt === attempt) {
    const ready: Ready = {
      phase: "ready",
      serial: attempt,
      identity,
      person,
      failures: 0,
      reopenedAt: state.reopenedAt,
    };
    // Another identity: the previous identity's values are dropped before any read.
    return state.previousIdentity === undefined || state.previousIdentity === identity
      ? step(ready, adopt, { do: "wake" })
      : step(ready, { do: "drop" }, adopt, { do: "wake" });
  }
  if (isNext(state, attempt)) {
    const ready: Ready = { phase: "ready", serial: attempt, identity, person, failures: 0 };
    return state.identity === identity
      ? step(ready, { do: "retire" }, adopt, { do: "wake" })
      : step(ready, { do: "drop" }, { do: "retire" }, adopt, { do: "wake" });
  }
  return step(state, discard(attempt));
}

function renewed(state: State, { attempt, identity }: Extract<Event, { type: "renewed" }>): Step {
  if (!isNext(state, attempt)) return step(state);
  const extend: Effect = { do: "extend", attempt };
  if (identity === undefined || identity === state.identity) {
    return step({ ...state, next: undefined, failures: 0 }, extend);
  }
  // The credentials belong to another identity now: the previous identity's values are dropped before any read.
  const ready: Ready = { phase: "ready", serial: attempt, identity, person: state.person, failures: 0 };
  return step(ready, { do: "drop" }, extend, { do: "wake" });
}

function refused(state: State, event: Extract<Event, { type: "refused" }>, input: TransitionInput): Step {
  const { attempt, error } = event;
  if (state.phase === "opening" && state.attempt === attempt) return openingRefused(state, event, input);
  if (!isNext(state, attempt)) return step(state);
  const failures = state.failures + 1;
  const inMs = retryInMs(error, failures, input);
  const kept: Ready = { ...state, next: undefined, failures };
  return state.next?.person
    ? step(kept, { do: "wake" })
    : step(kept, { do: "retry-renewal", serial: state.serial, inMs });
}

function openingRefused(
  state: Opening,
  { asked = false, error }: Extract<Event, { type: "refused" }>,
  input: TransitionInput,
): Step {
  const { previousIdentity } = state;
  const wake: Effect = { do: "wake" };
  // What a person typed says nothing about credentials that are found: what could be opened before still can.
  if (asked || error.code === "aborted") {
    const before = state.fallback ?? { phase: "disconnected", onDemand: state.onDemand };
    return step(before, { do: "wake", declined: error });
  }
  // A session that needed a person is not reopened unattended.
  const neededPerson = state.fallback?.person ?? false;
  if (error.code === "unauthenticated") {
    const retryAt = neededPerson ? Infinity : input.uptimeMs + REOPEN_MS;
    return step({ phase: "expired", previousIdentity, error, retryAt, person: neededPerson }, wake);
  }
  const failures = state.failures + 1;
  const transient = POLICY[error.code].retry === true && !neededPerson;
  const retryAt = transient ? input.uptimeMs + retryInMs(error, failures, input) : Infinity;
  return step({ phase: "failed", previousIdentity, error, retryAt, failures, person: neededPerson }, wake);
}

function expired(state: State, event: Extract<Event, { type: "expired" }>, input: TransitionInput): Step {
  if (state.phase !== "ready" || state.serial !== event.serial) return step(state);
  const { identity, person, reopenedAt, next } = state;
  if (next?.by === "open") {
    // The replacement in progress takes over; reads wait for it.
    const retryAt = person ? Infinity : input.uptimeMs;
    const fallback: Expired = { phase: "expired", previousIdentity: identity, error: event.error, retryAt, person };
    const { failures } = state;
    const opening: Opening = {
      phase: "opening",
      ...next,
      previousIdentity: identity,
      onDemand: true,
      fallback,
      failures,
    };
    return step(opening, { do: "retire" });
  }
  // Credentials that can open but not read would otherwise be fetched anew by every read.
  const soonest =
    event.due || reopenedAt === undefined ? input.uptimeMs : Math.max(input.uptimeMs, reopenedAt + REOPEN_MS);
  return step(
    {
      phase: "expired",
      previousIdentity: identity,
      error: event.error,
      retryAt: person ? Infinity : soonest,
      person,
      reopenedAt: event.due ? reopenedAt : Math.max(input.uptimeMs, soonest),
    },
    { do: "abort" },
    { do: "retire" },
    { do: "wake" },
  );
}

function replace(state: Ready, by: "renew" | "open", input: TransitionInput): Step {
  const { attempt } = input;
  const effect: Effect = by === "renew" ? { do: "renew", attempt, serial: state.serial } : start(attempt, false);
  return step({ ...state, next: { attempt, by, person: false } }, effect);
}

function replaceable(state: State, serial: number): state is Ready {
  return state.phase === "ready" && state.serial === serial && state.next === undefined;
}

function isNext(state: State, attempt: number): state is Ready {
  return state.phase === "ready" && state.next?.attempt === attempt;
}

/** Ms until a refused opening is retried unattended: backoff, or what the vault asks for, up to a limit. */
function retryInMs(
  { details: { retryAfterMs = 0 } }: SecretError,
  failures: number,
  { random }: TransitionInput,
): number {
  return Math.max(backoffMs(failures, random, 1000, 60_000), boundedRetryAfterMs(retryAfterMs));
}

const start = (attempt: number, person: boolean): Effect => ({ do: "open", attempt, person });
const discard = (attempt: number): Effect => ({ do: "discard", attempt });
const step = (state: State, ...effects: readonly Effect[]): Step => ({ state, effects });
