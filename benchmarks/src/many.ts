import { createVault, type Vault } from "@vaultlink/core";
import { defineProvider } from "@vaultlink/core/provider";
import { report } from "./report.ts";
import { inTurn, median, ratio } from "./statistics.ts";

const ROUNDS = 5;
const FIELDS = 5;
const FEW = 500;
const MANY = 2000;

/** 2,500 names over 500 documents beside 10,000 over 2,000: time and calls follow the documents, and a second time asks nothing. */
export async function many(): Promise<void> {
  const calls = new Map<number, number>();
  const again: number[] = [];
  const timed = (documents: number) => async (): Promise<number> => {
    const { names, vault, world } = namesOver(documents);
    const first = await msOf(() => readAll(vault, names));
    calls.set(documents, world.calls);
    const second = await msOf(() => readAll(vault, names));
    if (documents === MANY) again.push(second / first);
    if (world.calls !== calls.get(documents)) throw new Error("What is stored was read again.");
    await vault.close();
    return first;
  };
  const took = await inTurn(ROUNDS, { few: timed(FEW), many: timed(MANY) });
  report(`${FIELDS * MANY} names over ${MANY} documents, beside ${FIELDS * FEW} over ${FEW}`, [
    { what: `calls for ${FEW} documents`, value: calls.get(FEW) ?? Number.NaN, unit: "calls" },
    { what: `calls for ${MANY} documents`, value: calls.get(MANY) ?? Number.NaN, unit: "calls", goal: MANY },
    { what: `time for ${FEW} documents`, value: median(took.few), unit: "ms" },
    { what: `time for ${MANY} documents`, value: median(took.many), unit: "ms" },
    { what: "time a document, many / few", value: ratio(took.many, took.few) / (MANY / FEW), unit: "×", goal: 1.2 },
    { what: "all again, from the cache / the first time", value: median(again), unit: "×", goal: 0.25 },
  ]);
}

function namesOver(documents: number): {
  readonly names: string[];
  readonly vault: Vault;
  readonly world: { calls: number };
} {
  const world = { calls: 0 };
  const value = Object.fromEntries(Array.from({ length: FIELDS }, (_, index) => [`f${index}`, `vlcanary-${index}`]));
  const read = async (): Promise<{ value: typeof value }> => {
    world.calls++;
    await new Promise((resolve) => setImmediate(resolve));
    return { value };
  };
  const provider = defineProvider({ name: "many", open: async () => ({ identity: "many", read }) });
  const links = Object.fromEntries(
    Array.from({ length: documents * FIELDS }, (_, index) => [
      `NAME_${index}`,
      `many://secret/${index % documents}#f${Math.floor(index / documents)}`,
    ]),
  );
  return { names: Object.keys(links), vault: createVault({ connections: { many: provider }, links, env: {} }), world };
}

async function readAll(vault: Vault, names: readonly string[]): Promise<void> {
  const outcomes = await vault.getMany(names);
  if (outcomes.some(({ status }) => status === "rejected")) throw new Error("A value is missing.");
}

async function msOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
