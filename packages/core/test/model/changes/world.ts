import type { SecretValue } from "../../../src/index.ts";
import type { createVault as createVaultOfCore } from "../../../src/vault.ts";
import { ModelClock } from "../model-clock.ts";
import type { MakeError } from "../model-vault.ts";
import { checkNeedless, checkQuiet } from "./check.ts";
import type { Command, Setting } from "./commands.ts";
import { ChangingVault } from "./remote.ts";
import { numberOf, type Pool, type World } from "./state.ts";

/** The copy of core under test. */
export interface Core {
  readonly createVault: typeof createVaultOfCore;
  readonly SecretError: MakeError;
}

/** A vault that failed is left alone for a while, and refused values are not fetched at once: after this, all is as before. */
const RECOVERED_MS = 120_000;

/** Names of one document. */
const PAIRS = { X: ["XU", "X"], L: ["LU", "L"] } as const;
type Pair = readonly [user: SecretValue, password: SecretValue];

class LoginFailure extends Error {}
class OtherFailure extends Error {}

/** Lives one history, and gives what was broken. */
export async function live(core: Core, setting: Setting, commands: readonly Command[]): Promise<readonly string[]> {
  const world = await begin(core, setting);
  try {
    for (const command of [...commands, { do: "quiet" } as const]) {
      await perform(world, command);
      await world.clock.settle();
      checkNeedless(world);
      if (world.violations.length > 0) return world.violations;
    }
    await end(world);
  } catch (error) {
    world.violations.push(`failed: ${(error as Error).message}`);
  }
  return world.violations;
}

async function begin({ createVault, SecretError }: Core, setting: Setting): Promise<World> {
  const clock = new ModelClock();
  const remote = new ChangingVault(clock, SecretError);
  const vault = createVault({
    connections: { c: remote.provider },
    links: { XU: "c://x#user", X: "c://x#password", LU: "c://l#user", L: "c://l#password" },
    env: {},
    clock,
    random: () => (setting.chance % 1000) / 1000,
    cache: { refreshAhead: setting.refreshAhead },
  });
  const pool = (): Pool => ({ applied: [], running: false });
  const world: World = {
    ...{ clock, remote, vault, setting, violations: [], changes: [], pools: { x: pool(), l: pool() } },
    ...{
      apply: { fails: false, ms: 0 },
      broken: false,
      trouble: 0,
      needless: 0,
      refetches: [],
      disturbedMs: -Infinity,
    },
  };
  const onError = (): void => {};
  const first = [vault.rotating(PAIRS.X, (pair) => take(world, world.pools.x, pair), { onError })];
  if (setting.rotatesLease)
    first.push(vault.rotating(PAIRS.L, (pair) => take(world, world.pools.l, pair), { onError }));
  await clock.settle();
  await Promise.all(first);
  if (!setting.rotatesLease) vault.watch("L", () => {}, { onError });
  vault.watch("X", (change) => void world.changes.push(change), { onError });
  await clock.settle();
  return world;
}

async function take(world: World, pool: Pool, pair: Pair): Promise<void> {
  if (pool.running) world.violations.push("R1: two applies at a time");
  pool.running = true;
  const { fails, ms } = world.apply;
  if (ms > 0) await new Promise<void>((resolve) => void world.clock.after(ms, resolve));
  pool.running = false;
  if (fails) throw new OtherFailure("The pool cannot take it.");
  const text = textOf(world, pair);
  if (numberOf(text) < numberOf(pool.applied.at(-1) ?? ""))
    world.violations.push("R2: an older value after a newer one");
  if (text === pool.applied.at(-1)) world.violations.push("R2: the same value twice");
  pool.applied.push(text);
}

async function perform(world: World, command: Command): Promise<void> {
  const { clock, remote, vault } = world;
  switch (command.do) {
    case "put":
      remote.version++;
      world.trouble++;
      return;
    case "get":
      return void getPair(world, command.name);
    case "use":
      for (let time = 0; time <= command.times; time++) void use(world, command.name, command.other);
      return;
    case "pass":
      return clock.pass(command.ms);
    case "disturb":
      remote.disturbance = command.by;
      world.trouble++;
      return;
    case "calm":
      if (remote.disturbance !== undefined) world.disturbedMs = clock.monotonicMs();
      remote.disturbance = undefined;
      return;
    case "delay":
      remote.delayMs = command.ms;
      return;
    case "break":
      world.broken = true;
      world.trouble++;
      // Whoever is refused tries again and again.
      for (let time = 0; time < 6; time++) {
        void use(world, "X", false);
        await clock.settle();
      }
      return;
    case "apply":
      world.apply = command;
      return;
    case "relink":
      // It reads once to verify, and whoever follows the name looks.
      world.needless += 2;
      return void vault.relink("X", "c://x#password").catch(() => undefined);
    case "quiet":
      return checkQuiet(world);
  }
}

async function use(world: World, name: "X" | "L", other: boolean): Promise<void> {
  const { remote, vault } = world;
  const { disturbance, version } = remote;
  const before = world.trouble;
  const well = disturbance === undefined && !world.broken && remote.delayMs === 0;
  const calm = well && world.clock.monotonicMs() - world.disturbedMs >= RECOVERED_MS;
  const seen: string[] = [];
  if (world.broken && name === "X") allowRefetch(world);
  const call = (pair: Pair): void => {
    const text = textOf(world, pair);
    if (seen.length > 0 && (other || seen.includes(text))) world.violations.push("U1: called again without a reason");
    seen.push(text);
    if (seen.length > 2) world.violations.push("U1: called a third time");
    if (other) throw new OtherFailure();
    if (!logsIn(world, name, text)) throw new LoginFailure();
  };
  try {
    await vault.use(PAIRS[name], call, { isLoginFailure: (error) => error instanceof LoginFailure });
  } catch (error) {
    const untouched = calm && before === world.trouble && version === remote.version;
    if (untouched && error instanceof LoginFailure) world.violations.push("U2: a login failed for good");
  }
}

async function getPair(world: World, name: keyof typeof PAIRS): Promise<void> {
  const [user, password] = await world.vault.getMany(PAIRS[name]);
  if (user?.status === "fulfilled" && password?.status === "fulfilled") textOf(world, [user.value, password.value]);
}

/** The text that both values of a pair have. */
function textOf({ violations }: World, [user, password]: Pair): string {
  const text = password.reveal();
  if (user.reveal() !== text) violations.push("P1: a user with the password of another read");
  return text;
}

/** While new values are refused too, they are fetched three times in ten seconds at most. */
function allowRefetch(world: World): void {
  const now = world.clock.monotonicMs();
  world.refetches = world.refetches.filter((at) => now - at < 10_000);
  if (world.refetches.length >= 3) return;
  world.refetches.push(now);
  world.needless++;
}

function logsIn({ broken, remote }: World, name: "X" | "L", text: string): boolean {
  return name === "L" ? remote.lives(text) : !broken && numberOf(text) === remote.version;
}

async function end(world: World): Promise<void> {
  const { clock, remote, vault } = world;
  if (remote.released > 0) world.violations.push("L1: a lease was ended although nobody asked for that");
  const closing = vault.close();
  await clock.pass(5000);
  await closing;
  const asked = remote.versionsAsked;
  remote.version++;
  await clock.pass(600_000);
  if (remote.versionsAsked !== asked) world.violations.push("W3: asked after the vault was closed");
}
