import { createVault } from "@vaultlink/core";
import { defineProvider } from "@vaultlink/core/provider";
import { LRUCache } from "lru-cache";
import { report } from "./report.ts";
import { inTurn, median, ratio } from "./statistics.ts";

const CALLS = 200_000;
const ROUNDS = 15;

/** What a cached value costs beside the bare map it lies in. */
export async function hit(): Promise<void> {
  const provider = defineProvider({
    name: "bench",
    open: async () => ({ identity: "bench", read: async ({ path }) => ({ value: `vlcanary-${path}` }) }),
  });
  const links = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`NAME_${i}`, `bench://secret/${i}`]));
  const vault = createVault({ connections: { bench: provider }, links, env: {} });
  await vault.getMany(Object.keys(links));
  const lru = new LRUCache<string, object>({ max: 1000, maxSize: 1_000_000, sizeCalculation: () => 1 });
  for (const name of Object.keys(links)) lru.set(name, { name });
  const names = Object.keys(links);
  let sink: unknown;
  // Name after name, so that no compiler takes the look-up out of the loop.
  const loop = (call: (name: string) => unknown) => (): number => {
    const start = performance.now();
    for (let i = 0; i < CALLS; i++) sink = call(names[i % names.length] ?? "");
    return ((performance.now() - start) / CALLS) * 1e6;
  };
  const took = await inTurn(ROUNDS, {
    lru: loop((name) => lru.get(name)),
    promise: loop((name) => Promise.resolve(name)),
    clock: loop(() => performance.now() + Date.now()),
    get: loop((name) => vault.get(name)),
  });
  if (sink === undefined) throw new Error("Nothing was measured.");
  const beyondPromise = took.get.map((ns, round) => ns - (took.promise[round] ?? 0));
  const beyondClock = beyondPromise.map((ns, round) => ns - (took.clock[round] ?? 0));
  report("A cache hit, beside a bare lru-cache", [
    { what: "lru-cache get", value: median(took.lru), unit: "ns" },
    { what: "a resolved promise", value: median(took.promise), unit: "ns" },
    { what: "the two clocks a hit must read", value: median(took.clock), unit: "ns" },
    { what: "vault.get of a cached name", value: median(took.get), unit: "ns" },
    { what: "(vault.get − promise) / lru-cache get", value: ratio(beyondPromise, took.lru), unit: "×", goal: 2 },
    { what: "(vault.get − promise − clocks) / lru-cache get", value: ratio(beyondClock, took.lru), unit: "×" },
  ]);
  await vault.close();
}
