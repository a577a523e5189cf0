import { elapsed } from "./facts.ts";
import type { ModelSession, ReadRecord } from "./model-vault.ts";
import { shown, waiting, type World } from "./state.ts";

const REOPEN_MS = 30_000;
const SAMPLE_MS = 100;
const BUDGET = 10;
const ATTEMPTS = 3;
/** Codes after which the same read may be sent again. */
const AGAIN = new Set(["unavailable", "throttled", "timeout", "unauthenticated", "batch-denied"]);
/** Refusals that an older value does not outlive. */
const PURGES = new Set(["denied", "not_found", "unusable"]);

/** A read reaches the vault. */
export function checkReads(world: World, reads: readonly ReadRecord[]): void {
  const { facts, remote } = world;
  const [first] = reads;
  if (shown(world).state !== "ready" || !isCurrent(world, first?.session) || first?.session.closed) {
    facts.broken(
      "I6",
      `a read while ${shown(world).state}, in session ${first?.session.serial}, ${first?.session.closed}`,
    );
  }
  const answered = remote.reads.filter(({ given }) => given !== undefined).length;
  // A spelling that was reset while it was read is read once more.
  if (!world.setting.spelled && remote.reads.length > world.allowance + BUDGET + answered / 10) {
    facts.broken("I11", `${remote.reads.length} reads, of which ${world.allowance} were asked for`);
  }
  for (const read of reads) checkRepeat(world, read);
}

/** The session that serves. In the instant in which a new one opens, the one before still may. */
function isCurrent({ adopted, facts, session }: World, asked: ModelSession | undefined): boolean {
  return asked === session || (asked === adopted?.before && adopted?.at.monotonicMs === facts.clock.monotonicMs());
}

function checkRepeat(world: World, read: ReadRecord): void {
  const { facts, asks, remote } = world;
  const idle = idleSeq(world, read.doc);
  const others = remote.reads.filter(
    ({ doc, sent }) => doc === read.doc && sent.seq > idle && sent.seq < read.sent.seq,
  );
  if (others.length === 0 || adoptedSince(world, idle) || isSpelled(world, read.doc)) return;
  const asked = asks.filter(({ at, doc }) => doc === read.doc && at.seq > idle);
  const again = others.some(
    ({ code, settled, late }) => settled === undefined || late || (code !== undefined && AGAIN.has(code)),
  );
  const last = Math.max(...others.map(({ settled }) => settled?.seq ?? Infinity));
  // Several may ask for a refresh at once, and wait for a free slot.
  if (!again && others.length >= asked.length && asked.every(({ at }) => at.seq < last)) {
    facts.broken("I11", `read again after ${others.map(({ code }) => code ?? "a value").join(", ")}`);
  }
  const lapsed = others.some(({ code }) => code === "unauthenticated" || code === "batch-denied");
  if (asked.length === 1 && !lapsed && others.length >= ATTEMPTS) facts.broken("I11", "a fourth attempt");
}

/** Whether a document is one of two spellings: what happens to the other moves it too. */
export function isSpelled({ setting }: World, doc: number): boolean {
  return setting.spelled && doc < 2;
}

/** When nobody waited for a document last. */
export function idleSeq({ idle }: World, doc: number): number {
  return idle[doc] ?? 0;
}

function adoptedSince({ adopted }: World, seq: number): boolean {
  return adopted !== undefined && adopted.at.seq > seq;
}

/** A read has landed: what it refuses counts from now on. */
export function noteLandings(world: World, reads: readonly ReadRecord[]): void {
  for (const read of reads.filter(({ late }) => !late)) {
    if (read.code !== undefined && PURGES.has(read.code)) world.refusals.push(read);
    if (read.code === "unauthenticated") world.allowance += waiting(world, read.doc).length;
    if (read.code === "batch-denied") world.allowance++;
  }
}

/** A login reaches the vault. */
export function checkOpen(world: World, person: boolean): void {
  const { facts, refusedAt, remote, session } = world;
  if (world.closed) facts.broken("I14", "a login after close");
  if (remote.opens.some(({ context }) => !context.signal.aborted)) facts.broken("I6", "two logins at a time");
  if (person || world.connecting > 0) return;
  if (world.disconnected) facts.broken("I6", "a login although the user disconnected");
  if (session?.person) facts.broken("I6", "a login behind a person's back");
  if (refusedAt !== undefined && elapsed(refusedAt, facts.clock).uptimeMs < REOPEN_MS - SAMPLE_MS) {
    facts.broken("I6", "a login too soon after a refused one");
  }
}

export function noteOpened(world: World, session: ModelSession): void {
  const { session: before } = world;
  const same = before?.identity !== undefined && before.identity === session.identity;
  if (!same) world.epoch++;
  world.epochs.set(session, world.epoch);
  world.session = session;
  world.adopted = { at: world.facts.instant(), before };
  world.allowance += waiting(world).length;
  world.refusedAt = undefined;
}

/** Whether a plain `get` of a document must join the read that is under way. */
export function mustJoin(world: World, doc: number): boolean {
  const { facts, asks, remote } = world;
  if (isSpelled(world, doc)) return false;
  const idle = idleSeq(world, doc);
  const since = remote.reads.filter((read) => read.doc === doc && read.sent.seq > idle);
  const [only] = since;
  if (since.length !== 1 || only === undefined || only.settled !== undefined || !only.alone || only.signal.aborted) {
    return false;
  }
  const floor = facts.floor(doc, facts.seq);
  const young = asks.every(({ at, doc: of, refresh }) => {
    if (of !== doc || at.seq <= idle) return true;
    const { monotonicMs, uptimeMs, epochMs } = elapsed(at, facts.clock);
    // Whose read was waiting for a slot when its document was reset has it to themselves, although it is sent after that.
    if (at.seq <= floor) return false;
    return !refresh && Math.max(monotonicMs, uptimeMs, epochMs) < 900 && epochMs >= 0;
  });
  return young && shown(world).state === "ready" && only.session === world.session && only.sent.seq > floor;
}
