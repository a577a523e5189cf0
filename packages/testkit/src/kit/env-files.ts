import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { basename } from "node:path";
import { type Scope, scope } from "./scope.ts";

type Call = (this: unknown, path: unknown, ...rest: unknown[]) => unknown;

/** What opens a file by its path. */
const OPENING: ReadonlyArray<readonly [owner: object, names: readonly string[]]> = [
  [fs, ["readFileSync", "readFile", "openSync", "open", "createReadStream"]],
  [fs.promises, ["readFile", "open"]],
  [process, ["loadEnvFile"]],
];

const calls: Scope<Set<string>> = scope();

/** Runs a call, and says which files of variables it opened, such as `.env` and `.env.local`. */
export async function envFilesRead(call: () => Promise<void>): Promise<string[]> {
  const seen = new Set<string>();
  const restore = OPENING.flatMap(([owner, names]) => names.map((name) => watch(owner, name)));
  syncBuiltinESMExports();
  try {
    await calls.run(seen, call);
  } finally {
    for (const back of restore) back();
    syncBuiltinESMExports();
  }
  return [...seen];
}

function watch(owner: object, name: string): () => void {
  const held = owner as Record<string, Call>;
  const real = held[name];
  if (real === undefined) return () => undefined;
  held[name] = function (path, ...rest) {
    const file = basename(
      path === undefined ? ".env" : path instanceof URL ? path.pathname : typeof path === "string" ? path : "",
    );
    if (/^\.env(?:\.|$)/.test(file)) calls.current()?.add(file);
    return Reflect.apply(real, this, path === undefined ? [] : [path, ...rest]);
  };
  return () => void (held[name] = real);
}
