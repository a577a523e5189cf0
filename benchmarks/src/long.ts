import { createVault, type Vault } from "@vaultlink/core";
import { defineProvider } from "@vaultlink/core/provider";
import { type ManualClock, manualClock } from "@vaultlink/testkit";
import { report } from "./report.ts";

const GETS = 1_000_000;
const NAMES: readonly string[] = Array.from({ length: 200 }, (_, index) => `NAME_${index}`);
/** What a session lives, in ms; time passes by as much in so many gets that each session serves some thousands. */
const SESSION_MS = 15 * 60_000;
const STEP_MS = 1000;
const GETS_PER_STEP = 20;
/** The first tenth warms up: the heap grows to its size, code is compiled. */
const WARM_UP = GETS / 10;
const MIB = 1024 * 1024;

interface Footprint {
  /** Resident memory, in MiB. */
  readonly resident: number;
  /** What is in use of the heap after a collection, in MiB. */
  readonly heap: number;
  /** Timers, sockets and the like that keep the process alive. */
  readonly handles: number;
}

/** Two weeks of a service's life in a minute: values rotate, sessions expire, documents are reset, names are relinked. */
export async function long(): Promise<void> {
  const clock = manualClock();
  const world = { clock, version: 0, opened: 0, read: 0 };
  const vault = openVault(world);
  const footprints: Footprint[] = [];
  const failures: unknown[] = [];
  for (let done = 0; done < GETS; done += GETS_PER_STEP) {
    if (done === WARM_UP) footprints.push(footprint());
    const names = Array.from({ length: GETS_PER_STEP }, (_, index) => NAMES[(done + index * 7) % NAMES.length] ?? "");
    const outcomes = await settle(clock, Promise.allSettled(names.map((name) => vault.get(name))));
    for (const outcome of outcomes) if (outcome.status === "rejected") failures.push(outcome.reason);
    clock.advance(STEP_MS);
    await disturb(world, vault, done / GETS_PER_STEP);
  }
  footprints.push(footprint());
  await vault.close();
  const [before, after] = footprints;
  if (before === undefined || after === undefined) throw new Error("Nothing was measured.");
  report(`${GETS.toLocaleString("en")} gets of ${NAMES.length} names: rotated, reset, relinked, sessions expiring`, [
    { what: "sessions", value: world.opened, unit: "" },
    { what: "reads sent to the vault", value: world.read, unit: "" },
    { what: "gets that failed", value: failures.length, unit: "", goal: 0 },
    { what: "resident memory after the first tenth", value: before.resident, unit: "MiB" },
    { what: "resident memory at the end", value: after.resident, unit: "MiB" },
    { what: "end / first tenth", value: after.resident / before.resident, unit: "×", goal: 1.1 },
    { what: "heap after the first tenth", value: before.heap, unit: "MiB" },
    { what: "heap at the end", value: after.heap, unit: "MiB" },
    { what: "end / first tenth", value: after.heap / before.heap, unit: "×", goal: 1.1 },
    { what: "handles more than after the first tenth", value: after.handles - before.handles, unit: "", goal: 0 },
  ]);
}

interface World {
  readonly clock: ManualClock;
  version: number;
  opened: number;
  read: number;
}

function openVault(world: World): Vault {
  const provider = defineProvider({
    name: "long",
    open: async () => {
      world.opened++;
      const expiresAt = world.clock.epochMs() + SESSION_MS;
      return {
        identity: `long-${world.opened % 3}`,
        expiresAt,
        read: async ({ path }) => {
          world.read++;
          return { value: { a: `vlcanary-${path}-${world.version}`, b: "vlcanary-b" }, version: String(world.version) };
        },
      };
    },
  });
  const links = Object.fromEntries(NAMES.map((name, index) => [name, referenceOf(index)]));
  return createVault({ connections: { long: provider }, links, env: {}, clock: world.clock, cache: { ttl: 10 } });
}

const referenceOf = (index: number): string => `long://secret/${index >> 1}#${index % 2 === 0 ? "a" : "b"}`;

/** What happens to a vault in use, now and then. */
async function disturb(world: World, vault: Vault, step: number): Promise<void> {
  const index = step % NAMES.length;
  const name = NAMES[index] ?? "";
  if (step % 10 === 0) world.version++;
  if (step % 25 === 0) vault.reset({ name });
  if (step % 1000 === 0) vault.reset();
  if (step % 50 === 0) await settle(world.clock, vault.relink(name, referenceOf((index + 2) % NAMES.length)));
}

/** Lets time pass until something has settled: retries and deadlines wait for the clock. */
async function settle<Value>(clock: ManualClock, promise: Promise<Value>): Promise<Value> {
  const state = { isPending: true };
  const end = (): void => void (state.isPending = false);
  promise.then(end, end);
  for (let turn = 0; state.isPending; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (turn > 20) clock.advance(100);
  }
  return promise;
}

function footprint(): Footprint {
  if (globalThis.gc === undefined) throw new Error("Start it with --expose-gc: a heap is compared after a collection.");
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  return { resident: rss / MIB, heap: heapUsed / MIB, handles: process.getActiveResourcesInfo().length };
}
