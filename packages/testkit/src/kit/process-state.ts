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
  const { written } = await withEnvironment({ ...process.env, ...variables }, call);
  const after = look();
  const changed = [...after].filter(([what, held]) => !Object.is(held, before.get(what))).map(([what]) => what);
  return [...[...written].map((name) => `the variable ${name}`), ...changed];
}

function look(): ReadonlyMap<string, unknown> {
  const { globalAgent: http } = process.getBuiltinModule("node:http");
  const { globalAgent: https } = process.getBuiltinModule("node:https");
  return new Map<string, unknown>([
    ["the working directory", process.cwd()],
    ["`fetch`", globalThis.fetch],

    ["the agent of `node:http`", http],
    ["the agent of `node:https`", https],
    ["the names of `globalThis`", Object.keys(globalThis).toSorted().join(" ")],
    ...EVENTS.map((event) => [`the listeners of "${event}"`, process.listenerCount(event)] as const),
  ]);
}
