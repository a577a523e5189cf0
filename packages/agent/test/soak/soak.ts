import { readdirSync } from "node:fs";
import { definePlugin, defineOptions } from "@vaultlink/core/provider";
import { manualClock } from "@vaultlink/testkit";
import { AgentClient } from "../../src/client/client.ts";
import type { Configuration } from "../../src/operations/configuration.ts";
import { VaultOperations } from "../../src/operations/operations.ts";
import type { AgentPlace } from "../../src/place.ts";
import { startAgent } from "../../src/server/agent.ts";
import { randomFrom } from "../fuzz/forge.ts";
import { FAULTS, IDENTITIES, type Identity, PATHS, SoakVault } from "./vault.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TTL_MINUTES = 60;
/** Credentials last for less than a value does. */
const SESSION_MS = 25 * MINUTE_MS;
/** Requests that wait at a time. */
const MAX_WAITING = 20;
/** Turns of the event loop after an event: enough, as a rule, for a request to get through the socket. */
const TURNS = 6;

export interface SoakOptions {
  readonly place: AgentPlace;
  /** Of the clock, which is moved by hand. */
  readonly hours: number;
  /** Between two events, on average, in ms of that clock. */
  readonly everyMs: number;
  readonly seed: number;
  /** Called at each full hour, with nothing under way. */
  readonly onHour?: (hour: Hour) => void;
}

export interface Hour {
  readonly hour: number;
  readonly values: number;
  readonly refused: number;
  readonly reads: number;
  /** Open descriptors of this process; 0 where the system does not list them. */
  readonly descriptors: number;
  /** Timers of the clock that wait. */
  readonly timers: number;
  readonly openSessions: number;
}

export interface SoakReport {
  readonly hours: readonly Hour[];
  /** Descriptors of this process before the first agent started, and after the last one ended. */
  readonly descriptors: { readonly before: number; readonly after: number };
  /** Agents that served, one after the other: each ends after 12 hours. */
  readonly agents: number;
  /** Values that were given and should not have been. */
  readonly wrong: readonly string[];
}

/** Days of an agent in a moment: clients of three identities ask, while the vault fails, and values and tokens are rotated. */
export async function soak({ place, hours, everyMs, seed, onHour }: SoakOptions): Promise<SoakReport> {
  const before = descriptors();
  const clock = manualClock();
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const vault = new SoakVault(clock);
  const configuration = configurationOf(vault);
  let agents = 0;
  let ended: Promise<void> = Promise.resolve();
  const start = async (): Promise<boolean> => {
    const source = { load: async () => configuration, define: async () => connectionOf(vault), programVariables: [] };
    const operations = new VaultOperations(source, clock);
    const { promise, resolve: onEnd } = Promise.withResolvers<void>();
    const agent = await startAgent({ place, operations, clock, version: "0.0.0", onEnd });
    if (agent !== undefined) {
      agents++;
      ended = promise;
    }
    return true;
  };
  const open = async (identity: Identity): Promise<AgentClient> => {
    const env = { TOKEN: vault.tokenOf(identity) };
    const client = await AgentClient.open({ place, env, start, commandPlace: { cwd: "/", home: "/", env: {} } });
    if (client === undefined) throw new Error("No agent serves here.");
    return client;
  };
  const clients = new Map<Identity, AgentClient>();
  for (const identity of IDENTITIES) clients.set(identity, await open(identity));
  const clientOf = (identity: Identity): AgentClient => clients.get(identity) as AgentClient;

  const waiting = new Set<Promise<void>>();
  const counts = { values: 0, refused: 0 };
  const wrong: string[] = [];
  let resetEvent = 0;
  const track = (work: Promise<void>): void => {
    const tracked = work.finally(() => waiting.delete(tracked));
    waiting.add(tracked);
  };
  const ask = async (identity: Identity, paths: readonly string[]): Promise<void> => {
    const env = { TOKEN: vault.tokenOf(identity) };
    const notUntilMs = clock.monotonicMs() - TTL_MINUTES * MINUTE_MS;
    const notUntilEvent = resetEvent;
    const { items } = await clientOf(identity).ask("resolve", { names: paths.map(nameOf) }, { env });
    for (const [index, path] of paths.entries()) {
      const { b64 } = (items as ReadonlyArray<{ readonly b64?: string }>)[index] ?? {};
      if (b64 === undefined) {
        counts.refused++;
        continue;
      }
      counts.values++;
      const fault = vault.faultOf(Buffer.from(b64, "base64").toString(), { identity, path, notUntilMs, notUntilEvent });
      if (fault !== undefined) wrong.push(`${fault}, at ${clock.monotonicMs()} ms`);
    }
  };
  const reset = async (identity: Identity): Promise<void> => {
    const event = vault.events;
    await clientOf(identity).ask("reset", {});
    resetEvent = Math.max(resetEvent, event);
  };
  const reopen = async (identity: Identity): Promise<void> => {
    clientOf(identity).close();
    clients.set(identity, await open(identity));
  };
  const act = async (): Promise<void> => {
    const what = random();
    const identity = pick(IDENTITIES);
    if (what < 0.15) vault.rotate(identity, pick(PATHS));
    else if (what < 0.2) vault.fault = random() < 0.8 ? "none" : pick(FAULTS);
    else if (what < 0.23) vault.rotateToken(identity);
    else if (what < 0.25) track(reset(identity));
    else if (what < 0.26)
      track(
        clientOf(identity)
          .ask("logout", {})
          .then(() => {}),
      );
    else if (what < 0.28)
      track(
        clientOf(identity)
          .ask("status", {})
          .then(() => {}),
      );
    else if (what < 0.285 && waiting.size === 0) await reopen(identity);
    else if (waiting.size < MAX_WAITING)
      track(
        ask(
          identity,
          PATHS.filter(() => random() < 0.3),
        ),
      );
  };
  const settle = async (): Promise<void> => {
    vault.fault = "none";
    while (waiting.size > 0) {
      await turns();
      clock.advance(1000);
    }
    for (let round = 0; round < 5; round++) await turns();
  };

  const told: Hour[] = [];
  for (let hour = 1; hour <= hours; hour++) {
    while (clock.monotonicMs() < hour * HOUR_MS) {
      await act();
      await turns();
      clock.advance(Math.ceil(random() * 2 * everyMs));
    }
    await settle();
    const { reads, openSessions } = vault;
    const one = { ...counts, hour, reads, openSessions, descriptors: descriptors(), timers: clock.pending };
    told.push(one);
    onHour?.(one);
  }
  await clientOf("ada")
    .ask("stop", {})
    .catch(() => undefined);
  for (const client of clients.values()) client.close();
  await ended;
  await settle();
  return { hours: told, agents, wrong, descriptors: { before, after: descriptors() } };
}

const nameOf = (path: string): string => path.toUpperCase();

const connectionOf = (vault: SoakVault): Configuration["connections"][string] => ({
  provider: "memory",
  options: {},
  load: async () => {
    const create = () => vault.provider(SESSION_MS);
    return definePlugin<object>({ name: "memory", title: "Memory", options: defineOptions({}), create });
  },
});

const configurationOf = (vault: SoakVault): Configuration => ({
  files: [],
  owner: "the soak",
  isWanted: true,
  connections: { mem: connectionOf(vault) },
  links: Object.fromEntries(PATHS.map((path) => [nameOf(path), `mem://${path}`])),
  cache: { ttl: TTL_MINUTES },
  notices: [],
  select: ({ names }) => (names ?? []).map((name) => ({ name, required: true })),
  explain: (error) => error,
});

async function turns(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => void setImmediate(resolve));
}

function descriptors(): number {
  return process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0;
}
