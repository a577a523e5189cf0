import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { type Scope, scope } from "./scope.ts";

type Call = (this: unknown, ...given: unknown[]) => unknown;

/** What writes what stands in its second argument. */
const WRITING: ReadonlyArray<readonly [owner: object, names: readonly string[]]> = [
  [fs, ["writeFileSync", "writeFile", "appendFileSync", "appendFile", "writeSync", "write"]],
  [fs.promises, ["writeFile", "appendFile"]],
];

const calls: Scope<string[]> = scope();

/** Runs a call, and collects what it wrote into files, wherever they are. */
export async function writtenTo(call: () => Promise<void>): Promise<readonly string[]> {
  const written: string[] = [];
  const restore = WRITING.flatMap(([owner, names]) => names.map((name) => watch(owner, name)));
  syncBuiltinESMExports();
  try {
    await calls.run(written, call);
  } finally {
    for (const back of restore) back();
    syncBuiltinESMExports();
  }
  return written;
}

function watch(owner: object, name: string): () => void {
  const held = owner as Record<string, Call>;
  const real = held[name];
  if (real === undefined) return () => undefined;
  held[name] = Object.assign(function (this: unknown, ...given: unknown[]) {
    const [, data] = given;
    if (typeof data === "string") calls.current()?.push(data);
    else if (data instanceof Uint8Array) calls.current()?.push(Buffer.from(data).toString("latin1"));
    return Reflect.apply(real, this, given);
  }, real);
  return () => void (held[name] = real);
}
