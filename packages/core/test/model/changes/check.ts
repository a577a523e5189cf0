import { LEASE_MS } from "./remote.ts";
import { numberOf, type World } from "./state.ts";

const INTERVAL_MS = 60_000;
const HALF_LIFE_MS = 30 * 60_000;

/** `x` is read again only if something asks for that: a new version, a failed login, a relink, or the end of its TTL. */
export function checkNeedless(world: World): void {
  const { clock, needless, remote, violations } = world;
  const { given } = remote;
  const same = given.filter((version, index) => index > 0 && given[index - 1] === version).length;
  const expiries = Math.floor((clock.monotonicMs() - 1000) / HALF_LIFE_MS);
  // A refused or an unanswered read may be repeated, and what it fails with drops the value.
  if (same > needless + expiries + remote.failed) violations.push(`C1: ${same} reads that gave nothing new`);
}

/** Once everything is well again, everybody has the newest value, and then nothing happens. */
export async function checkQuiet(world: World): Promise<void> {
  const { changes, clock, pools, remote, setting, violations } = world;
  if (world.broken || remote.disturbance !== undefined) world.disturbedMs = clock.monotonicMs();
  if (world.broken) world.needless++;
  remote.disturbance = undefined;
  remote.delayMs = 0;
  world.broken = false;
  world.apply = { fails: false, ms: 0 };
  // A vault that failed often is left alone for up to 30 s, and then asked at the next look.
  await clock.pass(4 * INTERVAL_MS);
  const newest = remote.version;
  if (numberOf(pools.x.applied.at(-1) ?? "") !== newest) violations.push("R3: the newest value is not applied");
  const told = changes.findLast(({ error }) => error === undefined)?.version;
  if ((told === undefined ? newest !== 1 : told !== String(newest)) && changes.length + newest > 1) {
    violations.push(`W1: told ${told}, now ${newest}`);
  }
  if (changes.at(-1)?.error !== undefined) violations.push("W1: told that it fails, and not that it works again");
  const before = { changes: changes.length, made: remote.made, given: remote.given.length };
  for (let round = 0; round < 10; round++) {
    await clock.pass(INTERVAL_MS);
    if (setting.rotatesLease && !remote.lives(pools.l.applied.at(-1) ?? "")) {
      violations.push("R4: the lease that is applied has ended");
    }
  }
  if (changes.length > before.changes) violations.push("W1: told a change that was none");
  const made = remote.made - before.made;
  const most = setting.rotatesLease ? (10 * INTERVAL_MS) / ((LEASE_MS * 2) / 3) + 1 : 0;
  if (made > most) violations.push(`L2: ${made} credentials were made`);
  if (remote.given.length > before.given + 1) violations.push("C2: read although nothing changed");
}
