import { elapsed } from "./facts.ts";
import { DOCS, type ReadRecord } from "./model-vault.ts";
import { idleSeq, isSpelled } from "./check-calls.ts";
import { shown, waiting, type World } from "./state.ts";

const DEADLINE_MS = 30_000;
const OVERRUN_MS = 250;
const THROTTLED_MS = 5000;

/** What must hold between two commands. */
export function checkRest(world: World): void {
  const { facts, remote, vault } = world;
  for (const ask of waiting(world)) {
    const waited = elapsed(ask.at, facts.clock).monotonicMs;
    if (waited > DEADLINE_MS + OVERRUN_MS) facts.broken("I7", `waits for ${waited} ms`);
    if (world.endedSeq > ask.at.seq) facts.broken("I3", "still waits after a disconnect");
    if (isAnswered(world, ask)) facts.broken("I7", "waits although its document has landed");
  }
  for (const { doc, reads } of world.joins) {
    if (remote.reads.slice(reads).some((read) => read.doc === doc)) facts.broken("I5", "a second read, not joined");
  }
  world.joins = [];
  for (let doc = 0; doc < DOCS; doc++) {
    if (waiting(world, doc).length > 0) continue;
    world.idle[doc] = facts.seq;
    facts.ttlSinceIdle.delete(doc);
  }
  const { entries } = vault.status().cache;
  if (entries > maxEntries(world)) facts.broken("I12", `${entries} entries`);
  if (world.closed && shown(world).state !== "closed" && shown(world).calls > 0)
    facts.broken("I14", "closed, and back");
}

export function maxEntries({ setting }: Pick<World, "setting">): number {
  return setting.few ? 2 : 1000;
}

function isAnswered(world: World, { at, doc, refresh }: World["asks"][number]): boolean {
  const { facts, remote } = world;
  // Calls that hang make others fail at once, and wait for their next attempt.
  if (shown(world).state !== "ready" || remote.reads.some(({ late }) => late) || isSpelled(world, doc)) return false;
  // So does a vault that asked everybody to wait.
  const waits = ({ code, settled }: ReadRecord): boolean =>
    code === "throttled" && settled !== undefined && elapsed(settled, facts.clock).monotonicMs <= THROTTLED_MS;
  if (remote.reads.some(waits)) return false;
  const since = remote.reads.filter((read) => read.doc === doc && read.sent.seq > idleSeq(world, doc));
  // Whoever could not join has a read of their own, which waits while others have all slots.
  const asking = world.asks.filter((other) => other.doc === doc && other.at.seq > idleSeq(world, doc));
  if (remote.air.length > 0 && since.length < asking.length) return false;
  const quiet = since.every(({ code, settled, late }) => settled !== undefined && !late && code === undefined);
  return (
    quiet &&
    since.some(
      ({ settled, sent, session }) =>
        (settled?.seq ?? 0) > at.seq &&
        sent.seq > facts.floor(doc, at.seq) &&
        (!refresh || sent.seq > at.seq) &&
        session === world.session,
    )
  );
}

/** What must hold once everything has landed and the vault was closed. */
export function checkEnd(world: World): void {
  const { delivered, facts, remote } = world;
  if (waiting(world).length > 0) facts.broken("I7", "somebody waits for ever");
  if (remote.sessions.some(({ closed }) => !closed)) facts.broken("I14", "a session is left open");
  for (const { value, text } of delivered)
    if (value.reveal() !== text) facts.broken("I12", "a delivered value changed");
}
