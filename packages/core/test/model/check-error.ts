import type { SecretError } from "../../src/errors/secret-error.ts";
import type { Ask } from "./ask.ts";
import { elapsed } from "./facts.ts";
import type { ReadRecord } from "./model-vault.ts";
import { shown, type World } from "./state.ts";

const REMEMBERED_MS = 10_000;
const SAMPLE_MS = 100;
const ATTEMPT_MS = 10_000;

/** A refusal must have a reason that the model knows. */
export function checkError(world: World, ask: Ask, error: SecretError): void {
  const { facts } = world;
  switch (error.code) {
    case "aborted":
      if (!ask.controller.signal.aborted && !world.closed) facts.broken("I7", "aborted, and nobody asked for that");
      return;
    case "not_found":
    case "unusable":
    case "denied":
    case "internal":
      return checkRefusal(world, ask, error);
    case "unresolved":
      if (!world.disconnected && world.endedSeq < ask.at.seq) facts.broken("I3", "unresolved without a disconnect");
      return;
    case "unauthenticated":
      if (shown(world).state === "ready" && !refusedSince(world, ask) && !landedSince(world, ask, "unauthenticated")) {
        facts.broken("I10", "unauthenticated although the connection is ready");
      }
      return;
    case "timeout": {
      const waited = elapsed(ask.at, facts.clock).monotonicMs;
      // Opening has a deadline of its own.
      if (shown(world).state === "ready" && waited < ATTEMPT_MS && !inTheAir(world, ask.doc))
        facts.broken("I7", `timed out after ${waited} ms`);
      return;
    }
    case "throttled":
      if (!world.remote.reads.some(({ code }) => code === "throttled")) facts.broken("I10", "throttled by nobody");
      return;
    case "unavailable": {
      const connectionWide = error.details.reason !== undefined || shown(world).state === "failed";
      if (!connectionWide && !refusedSince(world, ask) && !landedSince(world, ask, "unavailable")) {
        facts.broken("I10", "unavailable because of a neighbour");
      }
      return;
    }
    default:
      facts.broken("I10", `an unexpected ${error.code}`);
  }
}

function checkRefusal(world: World, ask: Ask, { code, details }: SecretError): void {
  const { facts } = world;
  if (landedSince(world, ask, code)) return;
  const remembers = code === "not_found" || code === "unusable";
  const known = world.remote.reads.filter((read) => read.doc === ask.doc && read.code === code && !read.late);
  if (known.length === 0 || !remembers) return facts.broken("I10", `${code} because of a neighbour`);
  // Of several that were under way at a time, the vault may have refused any last.
  const wrongs = known.map((read) => wrongAbout(world, ask, { read, ageMs: details.ageMs ?? 0 }));
  const wrong = wrongs.at(-1);
  if (wrong !== undefined && !wrongs.includes(undefined)) facts.broken(...wrong);
}

/** What is wrong with a refusal that a caller was told from memory, if it was this one. */
function wrongAbout(
  { facts }: World,
  ask: Ask,
  { read, ageMs }: { readonly read: ReadRecord; readonly ageMs: number },
): Parameters<typeof facts.broken> | undefined {
  if (read.settled === undefined) return ["I10", "a refusal that has not come yet"];
  const age = elapsed(read.settled, facts.clock);
  if (age.monotonicMs >= REMEMBERED_MS || age.uptimeMs >= REMEMBERED_MS + SAMPLE_MS || age.epochMs >= REMEMBERED_MS) {
    return ["I15", `remembered for ${Math.max(age.monotonicMs, age.epochMs)} ms`];
  }
  if (ageMs < age.monotonicMs - 1) return ["I15", "a remembered refusal that says it is younger"];
  if (ask.refresh || read.sent.seq < facts.floor(ask.doc, ask.at.seq)) return ["I2", "a refusal outlived a reset"];
  return undefined;
}

/** A login has failed since somebody asked. */
function refusedSince({ loginFailedSeq }: World, { at }: Ask): boolean {
  return loginFailedSeq > at.seq;
}

function landedSince({ remote }: World, ask: Ask, code: string): boolean {
  return remote.reads.some((read) => read.doc === ask.doc && read.code === code && landedAfter(read, ask));
}

const landedAfter = ({ settled, late }: ReadRecord, { at }: Ask): boolean =>
  settled !== undefined && !late && settled.seq > at.seq;

/** A read of it that is under way long enough to have been given up. */
function inTheAir({ facts, remote }: World, doc: number): boolean {
  return remote.reads.some(
    (read) =>
      read.doc === doc &&
      (read.settled === undefined || read.late) &&
      elapsed(read.sent, facts.clock).monotonicMs >= ATTEMPT_MS,
  );
}
