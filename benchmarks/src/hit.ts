import { SecretsProvider } from "@aws-lambda-powertools/parameters/secrets";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createVault, type Vault } from "@vaultlink/core";
import { defineProvider } from "@vaultlink/core/provider";
import { LRUCache } from "lru-cache";
import { report } from "./report.ts";
import { inTurn, median, ratio } from "./statistics.ts";

const CALLS = 200_000;
const ROUNDS = 15;
const NAMES: readonly string[] = Array.from({ length: 100 }, (_, index) => `NAME_${index}`);
const FIFTY = NAMES.slice(0, 50);
/** In seconds: nothing expires while it is measured. */
const HOUR = 3600;

/** What a cached value costs, beside another library's and the bare map it lies in. */
export async function hit(): Promise<void> {
  const vault = await fullVault();
  const secrets = await fullPowertools();
  const lru = new LRUCache<string, object>({ max: 1000, maxSize: 1_000_000, sizeCalculation: () => 1 });
  for (const name of NAMES) lru.set(name, { name });
  const took = await inTurn(ROUNDS, {
    lru: nsPerCall((name) => lru.get(name)),
    promise: nsPerCall(() => Promise.resolve(lru)),
    wall: nsPerCall(() => Date.now()),
    powertools: nsPerCall((name) => secrets.get(name, { maxAge: HOUR })),
    get: nsPerCall((name) => vault.get(name)),
    powertoolsAwaited: nsPerAwaited(1, (name) => secrets.get(name, { maxAge: HOUR })),
    getAwaited: nsPerAwaited(1, (name) => vault.get(name)),
    fifty: nsPerAwaited(FIFTY.length, () => vault.getMany(FIFTY)),
  });
  report("A cache hit, beside Powertools and a bare lru-cache", [
    { what: "lru-cache get", value: median(took.lru), unit: "ns" },
    { what: "a resolved promise", value: median(took.promise), unit: "ns" },
    { what: "the clock that every hit reads", value: median(took.wall), unit: "ns" },
    { what: "Powertools' get of a cached name", value: median(took.powertools), unit: "ns" },
    { what: "vault.get of a cached name", value: median(took.get), unit: "ns" },
    { what: "vault.get / Powertools", value: ratio(took.get, took.powertools), unit: "×", goal: 0.5 },
    { what: "vault.get / lru-cache get", value: ratio(took.get, took.lru), unit: "×", goal: 8 },
  ]);
  report("The same, awaited one after another", [
    { what: "Powertools' get", value: median(took.powertoolsAwaited), unit: "ns" },
    { what: "vault.get", value: median(took.getAwaited), unit: "ns" },
    { what: "vault.get / Powertools", value: ratio(took.getAwaited, took.powertoolsAwaited), unit: "×" },
    { what: "getMany of 50, a name", value: median(took.fifty), unit: "ns" },
    { what: "getMany of 50 / 50 gets", value: ratio(took.fifty, took.getAwaited), unit: "×", goal: 0.6 },
  ]);
  await vault.close();
}

async function fullVault(): Promise<Vault> {
  const provider = defineProvider({
    name: "bench",
    open: async () => ({ identity: "bench", read: async ({ path }) => ({ value: `vlcanary-${path}` }) }),
  });
  const links = Object.fromEntries(NAMES.map((name, index) => [name, `bench://secret/${index}`]));
  const vault = createVault({ connections: { bench: provider }, links, env: {} });
  await vault.getMany(NAMES);
  return vault;
}

/** Powertools over a client that answers by itself: what is measured never reaches it. */
async function fullPowertools(): Promise<SecretsProvider> {
  const client = new SecretsManagerClient({
    region: "eu-west-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  client.send = async (command: unknown) => {
    if (!(command instanceof GetSecretValueCommand)) throw new TypeError("Only secrets are read.");
    return { SecretString: `vlcanary-${command.input.SecretId}` };
  };
  const secrets = new SecretsProvider({ awsSdkV3Client: client });
  for (const name of NAMES) await secrets.get(name, { maxAge: HOUR });
  return secrets;
}

let sink: unknown;

/** Ns of processor time a call, name after name, so that no compiler takes the look-up out of the loop. */
function nsPerCall(call: (name: string) => unknown): () => number {
  return () => {
    const before = process.cpuUsage();
    for (let i = 0; i < CALLS; i++) sink = call(NAMES[i % NAMES.length] ?? "");
    return nsEach(before);
  };
}

/** As `nsPerCall`, awaiting each call, which stands for so many names. */
function nsPerAwaited(names: number, call: (name: string) => Promise<unknown>): () => Promise<number> {
  return async () => {
    const before = process.cpuUsage();
    for (let i = 0; i < CALLS; i += names) sink = await call(NAMES[i % NAMES.length] ?? "");
    return nsEach(before);
  };
}

function nsEach(before: NodeJS.CpuUsage): number {
  if (sink === undefined) throw new Error("Nothing was measured.");
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / CALLS) * 1000;
}
