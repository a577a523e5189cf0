import { get, note, settle } from "./asking.ts";
import type { Command, Login, Outcome } from "./commands.ts";
import { elapsed } from "./facts.ts";
import { DOCS } from "./model-vault.ts";
import { waiting, type World } from "./state.ts";

export const referenceOf = (doc: number): string => (doc === 2 ? "c://d2#a" : `c://d${doc}`);

/** Does one command to the world. */
export async function perform(world: World, command: Command): Promise<void> {
  const { facts, remote, vault } = world;
  const { clock } = facts;
  switch (command.do) {
    case "get":
      return get(world, command.name % 6, command.refresh, command.allowStale);
    case "getMany":
      return command.names.forEach((name) => get(world, name % 6, false, true));
    case "land":
      return remote.air[command.at % Math.max(1, remote.air.length)]?.respond(command.outcomes, command.whole);
    case "landAll":
      return landAll(world, command.outcome);
    case "pass":
      return clock.pass(command.ms);
    case "edge":
      return clock.pass(Math.max(0, toEdge(world) - command.short));
    case "wall":
      return clock.moveWall(command.ms);
    case "suspend":
      clock.suspend(command.ms, command.hidden);
      // A sleep that only the uptime shows is seen a tenth of a second later.
      return command.hidden ? clock.jump(150) : undefined;
    case "rotate":
      return remote.rotate(command.doc % DOCS);
    case "login":
      remote.login = command.login;
      return undefined;
    case "landOpen":
      return landOpen(world, command.login);
    case "lapse":
      if (world.session !== undefined) world.session.dead = true;
      return undefined;
    case "abort":
      return waiting(world)[command.at]?.controller.abort();
    case "storm":
      return storm(world);
    default:
      // A closed vault takes no more commands.
      if (!world.closed) await administer(world, command);
      return void vault;
  }
}

async function administer(
  world: World,
  command: Extract<Command, { do: "reset" | "relink" | "ttl" | "disconnect" | "connect" | "close" }>,
): Promise<void> {
  const { facts, vault } = world;
  switch (command.do) {
    case "reset":
      return reset(world, command.scope);
    case "relink":
      return relink(world, command.name % world.targets.length, command.doc % DOCS, command.verify);
    case "ttl":
      expire(world, command.minutes * 60_000);
      vault.setTtl(command.minutes);
      facts.ttlMs = command.minutes * 60_000;
      for (const [doc, ttlMs] of facts.ttlSinceIdle) facts.ttlSinceIdle.set(doc, Math.max(ttlMs, facts.ttlMs));
      return;
    case "disconnect":
      ended(world);
      world.disconnected = true;
      void vault.disconnect("c");
      return;
    case "connect":
      return connect(world, command.person, command.login);
    case "close":
      ended(world);
      world.closed = true;
      void vault.close();
  }
}

function ended(world: World): void {
  world.facts.nextSequence();
  world.endedSeq = world.facts.instant().seq;
  world.session = undefined;
  world.refusedAt = undefined;
}

function connect(world: World, person: boolean, login: Login): void {
  world.remote.login = login;
  world.connecting++;
  const prompter = { ask: async () => "vlcanary-token", open: async () => undefined, show: () => undefined };
  const end = (): void => void world.connecting--;
  world.vault.reauthenticate("c", person ? { prompter } : {}).then(() => {
    world.disconnected = false;
    end();
  }, end);
}

function reset(world: World, scope: "all" | "connection" | number): void {
  const { facts, targets, vault } = world;
  if (typeof scope === "string") {
    facts.nextSequence();
    vault.reset(scope === "all" ? undefined : { connection: "c" });
    return;
  }
  const name = scope % 6;
  const doc = targets[name] ?? 0;
  facts.nextSequence(doc);
  // The other spelling of the same secret, once the vault has told that it is one.
  if (world.setting.spelled && doc < 2 && isTold(world, doc) && isTold(world, 1 - doc)) facts.nextSequence(1 - doc);
  vault.reset({ name: name < targets.length ? `N${name}` : "c://d0" });
}

/** Whether the vault has said in this session, or one like it, which secret a document is. */
function isTold({ epoch, epochs, remote }: World, doc: number): boolean {
  return remote.reads.some(
    (read) => read.doc === doc && read.given !== undefined && !read.late && epochs.get(read.session) === epoch,
  );
}

/** The TTL changes: what has expired stays so. */
function expire({ facts, remote }: World, ttlMs: number): void {
  for (const read of remote.reads) {
    const age = elapsed(read.sent, facts.clock).monotonicMs;
    if (read.settled === undefined) continue;
    if (ttlMs < facts.ttlMs && age >= ttlMs) read.expired = "by-change";
    else if (age >= Math.min(facts.ttlMs, read.ttlMs)) read.expired ??= "by-time";
  }
}

function relink(world: World, name: number, doc: number, verify: boolean): void {
  const { facts, targets, vault } = world;
  const before = targets[name] ?? 0;
  const { seq } = facts.instant();
  const ask = verify ? note(world, doc, true, false) : undefined;
  const relinked = vault.relink(`N${name}`, referenceOf(doc), { verify }).then(() => {
    targets[name] = doc;
    facts.nextSequence(doc, verify ? seq : undefined);
    if (!targets.includes(before)) facts.nextSequence(before);
  });
  if (ask === undefined) relinked.catch(() => undefined);
  else settle(world, ask, relinked, () => undefined);
}

/** Lands what is in the air now, one after the other. */
export async function landAll({ facts, remote }: World, outcome: Outcome): Promise<void> {
  for (const call of remote.air) {
    call.respond([outcome], false);
    await facts.clock.settle();
  }
}

function landOpen({ remote }: World, login: Login): void {
  remote.opens[0]?.respond(login === "hang" ? "A" : login);
}

/** Ms until the youngest document that was read is as old as its TTL. */
function toEdge({ facts, remote }: World): number {
  const youngest = remote.reads.findLast(({ given }) => given !== undefined);
  if (youngest === undefined) return 1000;
  const left = Math.min(youngest.ttlMs, facts.ttlMs) - elapsed(youngest.sent, facts.clock).monotonicMs;
  return left;
}

/** Four documents are throttled again and again. */
async function storm(world: World): Promise<void> {
  for (let doc = 0; doc < DOCS; doc++) get(world, doc, true, false);
  await world.facts.clock.settle();
  for (let round = 0; round < 3; round++) {
    await landAll(world, "throttled");
    await world.facts.clock.pass(1500);
  }
}
