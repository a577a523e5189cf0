import type { createVault as createVaultOfCore } from "../../src/vault.ts";
import { checkOpen, checkReads, noteLandings, noteOpened } from "./check-calls.ts";
import { checkEnd, checkRest, maxEntries } from "./check-rest.ts";
import type { Command, Setting } from "./commands.ts";
import { Facts } from "./facts.ts";
import { ModelClock } from "./model-clock.ts";
import { type MakeError, ModelVault } from "./model-vault.ts";
import { landAll, perform, referenceOf } from "./perform.ts";
import { shown, type World } from "./state.ts";

/** The copy of core under test. */
export interface Core {
  readonly createVault: typeof createVaultOfCore;
  readonly SecretError: MakeError;
}

/** The document behind each link; what follows the last is asked for by its reference. */
const TARGETS: readonly number[] = [0, 1, 2, 3, 0];

/** Lives one history, and gives the invariants that it broke. */
export async function live(core: Core, setting: Setting, commands: readonly Command[]): Promise<readonly string[]> {
  const world = makeWorld(core, setting);
  const { clock } = world.facts;
  try {
    for (const command of commands) {
      await perform(world, command);
      await clock.settle();
      checkRest(world);
      if (world.facts.violations.length > 0) break;
    }
    await end(world);
  } catch (error) {
    world.facts.broken("I7", (error as Error).message);
  }
  return world.facts.violations;
}

function makeWorld({ createVault, SecretError }: Core, setting: Setting): World {
  const clock = new ModelClock();
  const facts = new Facts(clock, setting.ttl * 60_000);
  const remote = new ModelVault(facts, setting, SecretError);
  const vault = createVault({
    connections: { c: remote.provider },
    links: Object.fromEntries(TARGETS.map((doc, name) => [`N${name}`, referenceOf(doc)])),
    env: {},
    clock,
    random: numbers(setting.chance),
    cache: {
      ttl: setting.ttl,
      staleOnError: setting.staleOnError,
      onExpired: setting.serve ? "serve" : "withhold",
      maxEntries: maxEntries({ setting }),
    },
  });
  const world: World = {
    ...{ facts, setting, remote, vault },
    asks: [],
    delivered: [],
    targets: [...TARGETS],
    joins: [],
    connecting: 0,
    session: undefined,
    epoch: 0,
    epochs: new Map(),
    endedSeq: 0,
    closed: false,
    disconnected: false,
    refusals: [],
    idle: [],
    adopted: undefined,
    allowance: 0,
    loginFailedSeq: 0,
    refusedAt: undefined,
  };
  remote.onRead = (reads) => checkReads(world, reads);
  remote.onOpen = (person) => checkOpen(world, person);
  remote.onOpened = (session) => noteOpened(world, session);
  remote.onLanded = (reads) => noteLandings(world, reads);
  remote.onRefused = (login, person) => {
    world.loginFailedSeq = facts.instant().seq;
    if (shown(world).state === "ready") return;
    world.refusedAt = login === "refused" && !person ? facts.instant() : undefined;
  };
  return world;
}

async function end(world: World): Promise<void> {
  const { facts, remote, vault } = world;
  const { clock } = facts;
  if (facts.violations.length > 0) return;
  for (let round = 0; round < 4; round++) {
    for (const open of remote.opens) open.respond("A");
    await clock.settle();
    await landAll(world, "ok");
  }
  await clock.pass(31_000);
  const closing = vault.close();
  world.closed = true;
  for (let round = 0; round < 3; round++) {
    await landAll(world, "ok");
    await clock.pass(5000);
  }
  await closing;
  checkEnd(world);
}

/** Numbers in [0, 1) that follow from a seed. */
function numbers(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x8000_0000;
  };
}
