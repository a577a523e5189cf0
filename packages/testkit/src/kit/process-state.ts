import dns from "node:dns";
import { EventEmitter } from "node:events";
import tls from "node:tls";
import { inspect } from "node:util";
import { withEnvironment } from "./environment.ts";

/** Where Node and undici keep what `fetch` goes through. https://undici.nodejs.org/#/docs/api/GlobalInstallation */
const DISPATCHER = Symbol.for("undici.globalDispatcher.1");

/** Events of the process that a library may listen to. */
const EVENTS = [
  "exit",
  "beforeExit",
  "SIGINT",
  "SIGTERM",
  "SIGHUP",
  "uncaughtException",
  "uncaughtExceptionMonitor",
  "unhandledRejection",
  "warning",
] as const;

/** Runs a call, to which these variables are set, and says what it changed of the process that everybody in it shares. */
export async function changesOf(
  variables: Readonly<Record<string, string>>,
  call: () => Promise<void>,
): Promise<{ readonly changes: readonly string[]; readonly names: readonly string[] }> {
  const before = look();
  const { exitCode } = process;
  process.exitCode = undefined;
  try {
    const { written, names } = await withEnvironment({ ...process.env, ...variables }, call);
    const status = process.exitCode === undefined ? [] : ["the exit status"];
    const changes = [...[...written].map((name) => `the variable ${name}`), ...status, ...different(before, look())];
    return { changes, names: [...names] };
  } finally {
    process.exitCode = exitCode;
  }
}

/** What has changed of the process since the kit was loaded, of that which nobody may change, not even once. */
export function lastingChanges(): string[] {
  return different(atFirst, lasting());
}

function different(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string[] {
  return [...after].filter(([what, held]) => !Object.is(held, before.get(what))).map(([what]) => what);
}

function lasting(): ReadonlyMap<string, unknown> {
  const { globalAgent: http } = process.getBuiltinModule("node:http");
  const { globalAgent: https } = process.getBuiltinModule("node:https");
  return new Map<string, unknown>([
    ["`fetch`", globalThis.fetch],
    ["`JSON.parse`", JSON.parse],
    ["`JSON.stringify`", JSON.stringify],
    ["the agent of `node:http`", http],
    ["the agent of `node:https`", https],
    ["whether certificates are checked", https.options.rejectUnauthorized],
    ["whose certificates are trusted", https.options.ca],
    ["the members of every object", Object.getOwnPropertyNames(Object.prototype).toSorted().join(" ")],
    ["the members of every list", Object.getOwnPropertyNames(Array.prototype).toSorted().join(" ")],
  ]);
}

function look(): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ...lasting(),
    ["the working directory", process.cwd()],
    ["the names of `globalThis`", globalNames().join(" ")],
    ["`Date`", Date],
    ["`Promise`", Promise],
    ["the title of the process", process.title],
    ["how errors show their stack", Error.prepareStackTrace],
    ["how much of a stack errors show", Error.stackTraceLimit],
    ["the members of every text", Object.getOwnPropertyNames(String.prototype).toSorted().join(" ")],
    ["the members of every promise", Object.getOwnPropertyNames(Promise.prototype).toSorted().join(" ")],
    ["the members of every error", Object.getOwnPropertyNames(Error.prototype).toSorted().join(" ")],
    ["how many listeners are many", EventEmitter.defaultMaxListeners],
    ["the oldest TLS that is spoken", tls.DEFAULT_MIN_VERSION],
    ["in which order addresses are tried", dns.getDefaultResultOrder()],
    // Node sets it itself when `fetch` is first used, which it was by now if ever.
    ["how `fetch` connects", Reflect.get(globalThis, DISPATCHER)],
    ...EVENTS.map((event) => [`the listeners of "${event}"`, process.listenerCount(event)] as const),
  ]);
}

/** Names of what everybody in the process can reach, but those of test runners. */
function globalNames(): readonly string[] {
  return Object.keys(globalThis)
    .filter((name) => !/^(?:__)?vitest/i.test(name))
    .toSorted();
}

/** What everybody in the process can reach by a name or a symbol that was not there when the kit was loaded, as text. */
export function newGlobals(): readonly string[] {
  return [...globalNames(), ...Object.getOwnPropertySymbols(globalThis)]
    .filter((name) => !namesAtFirst.has(name))
    .map((name) => inspect(Reflect.get(globalThis, name), { depth: 6 }));
}

const atFirst = lasting();
const namesAtFirst: ReadonlySet<string | symbol> = new Set<string | symbol>([
  ...globalNames(),
  ...Object.getOwnPropertySymbols(globalThis),
]);
