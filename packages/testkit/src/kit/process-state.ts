import { withEnvironment } from "./environment.ts";

/** Events of the process that a library may listen to. */
const EVENTS = [
  "exit",
  "beforeExit",
  "SIGINT",
  "SIGTERM",
  "uncaughtException",
  "unhandledRejection",
  "warning",
] as const;

/** Runs a call, to which these variables are set, and says what it changed of the process that everybody in it shares. */
export async function changesOf(
  variables: Readonly<Record<string, string>>,
  call: () => Promise<void>,
): Promise<string[]> {
  const before = look();
  const { exitCode } = process;
  process.exitCode = undefined;
  try {
    const { written } = await withEnvironment({ ...process.env, ...variables }, call);
    const status = process.exitCode === undefined ? [] : ["the exit status"];
    return [...[...written].map((name) => `the variable ${name}`), ...status, ...different(before, look())];
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
    ["`Date`", Date],
    ["`Promise`", Promise],
    ["the names of `globalThis`", Object.keys(globalThis).toSorted().join(" ")],
    ...EVENTS.map((event) => [`the listeners of "${event}"`, process.listenerCount(event)] as const),
  ]);
}

const atFirst = lasting();
