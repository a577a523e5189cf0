import type { SecretValue } from "../../src/secret-value.ts";
import type { Ask } from "./ask.ts";
import { elapsed } from "./facts.ts";
import type { ReadRecord } from "./model-vault.ts";
import { shown, type World } from "./state.ts";

/** The witness `uptimeMs` is looked at ten times a second. */
const SAMPLE_MS = 100;
const MIN_JOIN_MS = 1000;
const MINUTE_MS = 60_000;
/** Codes after which an expired value may answer. */
const TRANSIENT = new Set(["unavailable", "throttled", "timeout"]);

/** Everything that must hold of a value at the moment it is delivered. */
export function checkValue(world: World, ask: Ask, value: SecretValue): void {
  const { facts, remote } = world;
  const { provenance } = value;
  const read = remote.reads[Number(provenance.version)];
  const text = value.reveal();
  if (read === undefined || read.given === undefined || read.settled === undefined || read.late) {
    return facts.broken("I10", "a value that the vault never gave");
  }
  if (text !== read.given || read.doc !== ask.doc) return facts.broken("I10", "the value of another document");
  checkAge(world, ask, value, read);
  if (ask.refresh && read.sent.seq < ask.at.seq) facts.broken("I2", "a refresh got what was asked before it");
  if (read.sent.seq < facts.floor(ask.doc, ask.at.seq)) facts.broken("I2", "a value from before a reset");
  if (world.endedSeq > ask.at.seq) facts.broken("I3", "a value crossed a disconnect");
  checkIdentity(world, value, read);
  for (const refusal of world.refusals) {
    if (
      refusal.doc === ask.doc &&
      world.epochs.get(refusal.session) === world.epoch &&
      read.sent.seq < refusal.sent.seq
    ) {
      return facts.broken("I8", `a value older than a ${refusal.code}`);
    }
  }
}

function checkAge(world: World, ask: Ask, { provenance }: SecretValue, read: ReadRecord): void {
  const { facts, setting } = world;
  const { clock } = facts;
  const { ageMs, source, cause } = provenance;
  const age = elapsed(read.sent, clock);
  if (ageMs < Math.max(age.monotonicMs, age.uptimeMs - SAMPLE_MS, age.epochMs) - 1)
    facts.broken("I9", "shown younger than it is");
  if (source === "vault") {
    if ((read.settled?.seq ?? 0) < ask.at.seq) facts.broken("I1", "called new although it was there before");
    const before = {
      monotonicMs: ask.at.monotonicMs - read.sent.monotonicMs,
      uptimeMs: ask.at.uptimeMs - read.sent.uptimeMs,
    };
    const most = Math.max(ask.ttlMs, MIN_JOIN_MS);
    if (before.monotonicMs >= most || before.uptimeMs >= most + SAMPLE_MS)
      facts.broken("I1", "joined a read older than the TTL");
    return;
  }
  const ttlMs = Math.min(facts.ttlMs, read.ttlMs);
  const most = source === "stale" ? ttlMs + setting.staleOnError * MINUTE_MS : ttlMs;
  const tooOld =
    age.monotonicMs >= most || age.uptimeMs >= most + SAMPLE_MS || age.epochMs >= most || age.epochMs < -5000;
  if (tooOld) facts.broken(source === "stale" ? "I9" : "I1", `${source}, ${age.monotonicMs} of ${most} ms old`);
  if (read.expiresAt !== undefined && clock.epochMs() >= read.expiresAt) facts.broken("I1", "past its own expiry");
  if (read.expired === "by-change" || (read.expired && source === "cache")) facts.broken("I13", "expired, and back");
  if (source !== "stale") return;
  if (!ask.allowStale || ask.refresh || setting.staleOnError === 0) facts.broken("I9", "stale, and not allowed");
  if (cause === undefined || !TRANSIENT.has(cause)) facts.broken("I9", `stale because of ${cause}`);
}

function checkIdentity(world: World, { provenance }: SecretValue, read: ReadRecord): void {
  const { facts, setting } = world;
  const { state, identity } = shown(world);
  // A login has been answered at this very moment: core had not taken the session when it gave the value.
  const opening = world.adopted?.at.monotonicMs === facts.clock.monotonicMs() ? world.adopted.before : undefined;
  const epoch = world.epochs.get(read.session);
  if (epoch !== world.epoch && (opening === undefined || epoch !== world.epochs.get(opening))) {
    return facts.broken(
      "I4",
      `read as ${read.session.identity} (${read.session.serial}), now ${identity} (${world.session?.serial}), ${state}`,
    );
  }
  if (state === "ready") {
    if (identity !== read.session.identity && opening === undefined) facts.broken("I4", "not whose the connection is");
  } else if (!setting.serve || provenance.connection !== "expired") {
    facts.broken("I4", `delivered while the connection is ${state}`);
  }
}
