import { POLICY } from "../errors/policy.ts";
import type { SecretError } from "../errors/secret-error.ts";
import { backoffMs } from "./backoff.ts";
import { boundedWaitMs } from "./retry-delay.ts";
import {
  type Chance,
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
export function transition(state: State, event: Event, chance: Chance): Step {
  if (state.phase === "closed") return event.type === "opened" ? step(state, discard(event.attempt)) : step(state);
  switch (event.type) {
    case "read":
      return mayOpen(state, chance) ? open(state, false, chance) : step(state);
    case "person":
      return byPerson(state, chance);
    case "opened":
      return opened(state, event);
    case "renewed":
      return renewed(state, event);
    case "refused":
      return refused(state, event.attempt, event.error, chance);
    case "aging":
      return replaceable(state, event.serial) && (event.renewable || !state.person)
        ? replace(state, event.renewable ? "renew" : "open", chance)
        : step(state);
    case "deaf":
      return replaceable(state, event.serial) && !state.person ? replace(state, "open", chance) : step(state);
    case "lapsed":
      return lapsed(state, event, chance);
    case "disconnect":
      return step({ phase: "disconnected", onDemand: false }, { do: "abort" }, { do: "detach" }, { do: "wake" });
    case "close":
      return step({ phase: "closed" }, { do: "abort" }, { do: "detach" }, { do: "wake" });
  }
}

/** Whether a read may open the connection without a person. */
export function mayOpen(state: State, chance: Pick<Chance, "boot">): state is Openable {
  switch (state.phase) {
    case "disconnected":
      return state.onDemand;
    case "expired":
    case "failed":
      return chance.boot >= state.retryAt;
    default:
      return false;
  }
}

function byPerson(state: State, chance: Chance): Step {
  switch (state.phase) {
    case "disconnected":
    case "expired":
    case "failed":
      return open(state, true, chance);
    case "ready":
      return state.next === undefined
        ? step({ ...state, next: { attempt: chance.attempt, by: "open", person: true } }, start(chance.attempt, true))
        : step(state);
    default:
      return step(state);
  }
}

function open(state: Openable, person: boolean, chance: Chance): Step {
  const opening: Opening = {
    phase: "opening",
    attempt: chance.attempt,
    person,
    was: state.phase === "disconnected" ? undefined : state.was,
    onDemand: state.phase === "disconnected" ? state.onDemand : true,
    back: state.phase === "disconnected" ? undefined : state,
    failures: state.phase === "failed" ? state.failures : 0,
    reopenedAt: state.phase === "expired" ? state.reopenedAt : undefined,
  };
  return step(opening, start(chance.attempt, person));
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
    // Another identity: its predecessor's values go before anybody can read.
    return state.was === undefined || state.was === identity
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
  // The credentials are another's now: another session, whose predecessor's values go before anybody can read.
  const ready: Ready = { phase: "ready", serial: attempt, identity, person: state.person, failures: 0 };
  return step(ready, { do: "drop" }, extend, { do: "wake" });
}

function refused(state: State, attempt: number, error: SecretError, chance: Chance): Step {
  if (state.phase === "opening" && state.attempt === attempt) return openingRefused(state, error, chance);
  if (!isNext(state, attempt)) return step(state);
  const failures = state.failures + 1;
  const inMs = retryInMs(error, failures, chance);
  const kept: Ready = { ...state, next: undefined, failures };
  return state.next?.person
    ? step(kept, { do: "wake" })
    : step(kept, { do: "retry-aging", serial: state.serial, inMs });
}

function openingRefused(state: Opening, error: SecretError, chance: Chance): Step {
  const { was } = state;
  const wake: Effect = { do: "wake" };
  if (error.code === "aborted") {
    const before = state.back ?? { phase: "disconnected", onDemand: state.onDemand };
    return step(before, { do: "wake", declined: error });
  }
  // What a person signed in to is never reopened behind that person's back.
  const neededPerson = state.back?.person ?? false;
  if (error.code === "unauthenticated") {
    const retryAt = neededPerson ? Infinity : chance.boot + REOPEN_MS;
    return step({ phase: "expired", was, error, retryAt, person: neededPerson }, wake);
  }
  const failures = state.failures + 1;
  const transient = POLICY[error.code].retry === true && !neededPerson;
  const retryAt = transient ? chance.boot + retryInMs(error, failures, chance) : Infinity;
  return step({ phase: "failed", was, error, retryAt, failures, person: neededPerson }, wake);
}

function lapsed(state: State, event: Extract<Event, { type: "lapsed" }>, chance: Chance): Step {
  if (state.phase !== "ready" || state.serial !== event.serial) return step(state);
  const { identity, person, reopenedAt, next } = state;
  if (next?.by === "open") {
    // The replacement under way takes over; whoever reads waits for it.
    const retryAt = person ? Infinity : chance.boot;
    const back: Expired = { phase: "expired", was: identity, error: event.error, retryAt, person };
    const { failures } = state;
    const opening: Opening = { phase: "opening", ...next, was: identity, onDemand: true, back, failures };
    return step(opening, { do: "retire" });
  }
  // Credentials that open and then do not read would otherwise be fetched anew by every read.
  const soonest = event.due || reopenedAt === undefined ? chance.boot : Math.max(chance.boot, reopenedAt + REOPEN_MS);
  return step(
    {
      phase: "expired",
      was: identity,
      error: event.error,
      retryAt: person ? Infinity : soonest,
      person,
      reopenedAt: event.due ? reopenedAt : Math.max(chance.boot, soonest),
    },
    { do: "abort" },
    { do: "retire" },
    { do: "wake" },
  );
}

function replace(state: Ready, by: "renew" | "open", chance: Chance): Step {
  const { attempt } = chance;
  const effect: Effect = by === "renew" ? { do: "renew", attempt, serial: state.serial } : start(attempt, false);
  return step({ ...state, next: { attempt, by, person: false } }, effect);
}

function replaceable(state: State, serial: number): state is Ready {
  return state.phase === "ready" && state.serial === serial && state.next === undefined;
}

function isNext(state: State, attempt: number): state is Ready {
  return state.phase === "ready" && state.next?.attempt === attempt;
}

/** Ms until a refused opening is tried again, unless a person wants it sooner; as long as the vault asks for, within reason. */
function retryInMs({ details: { retryAfterMs = 0 } }: SecretError, failures: number, { random }: Chance): number {
  return Math.max(backoffMs(failures, random, 1000, 60_000), boundedWaitMs(retryAfterMs));
}

const start = (attempt: number, person: boolean): Effect => ({ do: "open", attempt, person });
const discard = (attempt: number): Effect => ({ do: "discard", attempt });
const step = (state: State, ...effects: readonly Effect[]): Step => ({ state, effects });
