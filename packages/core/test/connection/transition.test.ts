import { describe, expect, it } from "vitest";
import type { Event, State } from "../../src/connection/state.ts";
import { transition } from "../../src/connection/transition.ts";
import { failure } from "../fixture.ts";

const NOW = 100_000;
const error = failure("unauthenticated");
const gone = failure("unavailable");

/** Every state that a row of the table needs. Attempt 7 is under way, session 3 is open. */
const STATES = {
  fresh: { phase: "disconnected", onDemand: true },
  left: { phase: "disconnected", onDemand: false },
  opening: { phase: "opening", attempt: 7, person: false, onDemand: true, fallback: undefined, failures: 0 },
  reopening: {
    phase: "opening",
    attempt: 7,
    person: true,
    previousIdentity: "=A",
    onDemand: true,
    fallback: { phase: "expired", previousIdentity: "=A", error, retryAt: Infinity, person: true },
    failures: 0,
  },
  ready: { phase: "ready", serial: 3, identity: "=A", person: false, failures: 0 },
  signedIn: { phase: "ready", serial: 3, identity: "=A", person: true, failures: 0 },
  replacing: {
    phase: "ready",
    serial: 3,
    identity: "=A",
    person: false,
    failures: 0,
    next: { attempt: 7, by: "open", person: false },
  },
  renewing: {
    phase: "ready",
    serial: 3,
    identity: "=A",
    person: true,
    failures: 0,
    next: { attempt: 7, by: "renew", person: false },
  },
  expired: { phase: "expired", previousIdentity: "=A", error, retryAt: NOW, person: false },
  waiting: { phase: "expired", previousIdentity: "=A", error, retryAt: NOW + 1, person: false },
  failed: { phase: "failed", error: gone, retryAt: NOW, failures: 2, person: false },
  stuck: { phase: "failed", error: gone, retryAt: Infinity, failures: 2, person: false },
  closed: { phase: "closed" },
} as const satisfies Record<string, State>;

const EVENTS = {
  read: { type: "read" },
  person: { type: "person" },
  openedA: { type: "opened", attempt: 7, identity: "=A", person: false },
  openedB: { type: "opened", attempt: 7, identity: "=B", person: false },
  openedLate: { type: "opened", attempt: 6, identity: "=A", person: false },
  renewed: { type: "renewed", attempt: 7 },
  refused: { type: "refused", attempt: 7, error },
  refusedLate: { type: "refused", attempt: 6, error },
  down: { type: "refused", attempt: 7, error: gone },
  fatal: { type: "refused", attempt: 7, error: failure("denied") },
  declined: { type: "refused", attempt: 7, error: failure("aborted") },
  aging: { type: "renewal-due", serial: 3, renewable: false },
  agingRenewable: { type: "renewal-due", serial: 3, renewable: true },
  agingOld: { type: "renewal-due", serial: 2, renewable: true },
  unresponsive: { type: "unresponsive", serial: 3 },
  deafOld: { type: "unresponsive", serial: 2 },
  lapsed: { type: "expired", serial: 3, error, due: true },
  dead: { type: "expired", serial: 3, error, due: false },
  lapsedOld: { type: "expired", serial: 2, error, due: true },
  disconnect: { type: "disconnect" },
  close: { type: "close" },
} as const satisfies Record<string, Event>;

type StateName = keyof typeof STATES;
type EventName = keyof typeof EVENTS;

const OPEN = "opening: open";
const ASK = "opening: open(person)";
const END = { disconnect: "disconnected(left): abort detach wake", close: "closed: abort detach wake" };
const LATE = { openedLate: "same: discard" };
const ALL_LATE = { openedA: "same: discard", openedB: "same: discard", ...LATE };

/** What each event does in each state; an event that is not listed changes nothing. */
const TABLE: Readonly<Record<StateName, Partial<Record<EventName, string>>>> = {
  fresh: { ...END, ...ALL_LATE, read: OPEN, person: ASK },
  left: { ...END, ...ALL_LATE, person: ASK },
  opening: {
    ...END,
    ...LATE,
    openedA: "ready: adopt wake",
    openedB: "ready: adopt wake",
    refused: "expired(130000): wake",
    down: "failed(100500): wake",
    fatal: "failed(Infinity): wake",
    declined: "disconnected(onDemand): wake",
  },
  reopening: {
    ...END,
    ...LATE,
    openedA: "ready: adopt wake",
    openedB: "ready: drop adopt wake",
    refused: "expired(Infinity): wake",
    down: "failed(Infinity): wake",
    fatal: "failed(Infinity): wake",
    declined: "expired(Infinity): wake",
  },
  ready: {
    ...END,
    ...ALL_LATE,
    person: "ready+open: open(person)",
    aging: "ready+open: open",
    agingRenewable: "ready+renew: renew",
    unresponsive: "ready+open: open",
    lapsed: "expired(100000): abort retire wake",
    dead: "expired(100000): abort retire wake",
  },
  signedIn: {
    ...END,
    ...ALL_LATE,
    person: "ready+open: open(person)",
    agingRenewable: "ready+renew: renew",
    lapsed: "expired(Infinity): abort retire wake",
    dead: "expired(Infinity): abort retire wake",
  },
  replacing: {
    ...END,
    ...LATE,
    openedA: "ready: retire adopt wake",
    openedB: "ready: drop retire adopt wake",
    renewed: "ready: extend",
    refused: "ready: retry-renewal",
    down: "ready: retry-renewal",
    fatal: "ready: retry-renewal",
    declined: "ready: retry-renewal",
    lapsed: "opening: retire",
    dead: "opening: retire",
  },
  renewing: {
    ...END,
    ...LATE,
    openedA: "ready: retire adopt wake",
    openedB: "ready: drop retire adopt wake",
    renewed: "ready: extend",
    refused: "ready: retry-renewal",
    down: "ready: retry-renewal",
    fatal: "ready: retry-renewal",
    declined: "ready: retry-renewal",
    lapsed: "expired(Infinity): abort retire wake",
    dead: "expired(Infinity): abort retire wake",
  },
  expired: { ...END, ...ALL_LATE, read: OPEN, person: ASK },
  waiting: { ...END, ...ALL_LATE, person: ASK },
  failed: { ...END, ...ALL_LATE, read: OPEN, person: ASK },
  stuck: { ...END, ...ALL_LATE, person: ASK },
  closed: ALL_LATE,
};

const chance = { uptimeMs: NOW, attempt: 8, random: 0.5 };

function told(state: StateName, event: EventName): string {
  const before = STATES[state];
  const { state: after, effects } = transition(before, EVENTS[event], chance);
  const done = effects.map((effect) => (effect.do === "open" && effect.person ? "open(person)" : effect.do));
  return [`${after === before ? "same" : shown(after)}:`, ...done].join(" ");
}

function shown(state: State): string {
  switch (state.phase) {
    case "disconnected":
      return `disconnected(${state.onDemand ? "onDemand" : "left"})`;
    case "expired":
    case "failed":
      return `${state.phase}(${state.retryAt})`;
    case "ready":
      return state.next === undefined ? "ready" : `ready+${state.next.by}`;
    default:
      return state.phase;
  }
}

describe("what an event does to a connection", () => {
  it.each(Object.keys(STATES) as StateName[])("in state %s", (state) => {
    const events = Object.keys(EVENTS) as EventName[];
    expect(Object.fromEntries(events.map((event) => [event, told(state, event)]))).toEqual(
      Object.fromEntries(events.map((event) => [event, TABLE[state][event] ?? "same:"])),
    );
  });

  it("nothing leads out of closed", () => {
    for (const event of Object.values(EVENTS))
      expect(transition(STATES.closed, event, chance).state).toBe(STATES.closed);
  });

  it("what is withheld stays withheld through openings that fail", () => {
    let state: State = STATES.expired;
    for (const event of [EVENTS.read, { ...EVENTS.down, attempt: 8 }, EVENTS.person] as const) {
      state = transition(state, event, chance).state;
      expect(state).toMatchObject({ previousIdentity: "=A" });
    }
    const other = { ...EVENTS.openedB, attempt: 8 };
    expect(transition(state, other, chance).effects[0]).toEqual({ do: "drop" });
  });

  it.each([
    [1, 500],
    [2, 1000],
    [3, 2000],
    [6, 16_000],
    [7, 30_000],
    [50, 30_000],
  ])("after %i failures in a row it waits a random share of a second, doubled, up to a minute", (times, ms) => {
    const opening: State = { ...STATES.opening, failures: times - 1 };
    expect(transition(opening, EVENTS.down, chance).state).toMatchObject({ retryAt: NOW + ms, failures: times });
  });

  it("credentials that open and are dead at the first read are tried once in thirty seconds", () => {
    const dead = { ...STATES.ready, reopenedAt: NOW - 10_000 };
    expect(transition(dead, EVENTS.dead, chance).state).toMatchObject({ retryAt: NOW + 20_000 });
    expect(transition(dead, EVENTS.lapsed, chance).state, "a known end is no failure").toMatchObject({ retryAt: NOW });
  });
});
