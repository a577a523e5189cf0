import { isNodeAsking } from "./caller.ts";
import { type Scope, scope } from "./scope.ts";

/** Variables that decide neither who asks nor whom: name or prefix, and why it is read all the same. */
export const IGNORED: Readonly<Record<string, string>> = {
  "NODE_*": "Node's own switches",
  "VITEST*": "the test runner's own",
  "__MINIMATCH_*": "a switch of a glob library",
  DEBUG: "a switch of logging libraries, and one of them reads it when it is loaded",
  FORCE_COLOR: "colours",
  NO_COLOR: "colours",
  COLORTERM: "colours",
  TERM: "colours",
  TZ: "how dates print",
  LANG: "how texts print",
  "LC_*": "how texts print",
  SystemRoot: "where Windows keeps its network libraries",
  windir: "where Windows keeps its network libraries",
  TMPDIR: "where scratch files go",
  READABLE_STREAM: "a switch of a stream library",
  GRACEFUL_FS_PLATFORM: "a switch of a file library",
};

/** What a call did with `process.env`. */
export interface EnvironmentUse {
  /** Names it asked for. */
  readonly names: Set<string>;
  /** Whether it copied or listed everything. */
  listed: boolean;
  /** Names it set or deleted: to it alone. */
  readonly written: Set<string>;
}

interface Recorder {
  readonly shown: NodeJS.ProcessEnv;
  readonly use: EnvironmentUse;
}

const calls: Scope<Recorder> = scope();

/**
 * Runs a call to which `process.env` is another: it shows `shown` and records what is asked for.
 * The runner, in the same process, goes on seeing the real one; that is put back in the end.
 */
export async function withEnvironment(shown: NodeJS.ProcessEnv, call: () => Promise<void>): Promise<EnvironmentUse> {
  const real = process.env;
  const recorder: Recorder = { shown, use: { names: new Set(), listed: false, written: new Set() } };
  process.env = new Proxy(real, {
    get: (target, name) => Reflect.get(seen(target, name), name) as string | undefined,
    has: (target, name) => Reflect.has(seen(target, name), name),
    getOwnPropertyDescriptor: (target, name) => Reflect.getOwnPropertyDescriptor(seen(target, name), name),
    set: (target, name, value) => Reflect.set(written(target, name), name, value),
    deleteProperty: (target, name) => Reflect.deleteProperty(written(target, name), name),
    defineProperty: (target, name, held) => Reflect.defineProperty(written(target, name), name, held),
    ownKeys(target) {
      const inside = calls.current();
      if (inside) inside.use.listed = true;
      return Reflect.ownKeys(inside?.shown ?? target);
    },
  });
  try {
    await calls.run(recorder, call);
  } finally {
    process.env = real;
  }
  return recorder.use;
}

/** The environment that whoever asks may see; notes what a call of ours asks for. What Node itself looks up is no choice of its. */
function seen(real: NodeJS.ProcessEnv, name: string | symbol): NodeJS.ProcessEnv {
  const inside = calls.current();
  if (inside === undefined) return real;
  if (typeof name === "string" && !inside.use.names.has(name) && !isNodeAsking()) inside.use.names.add(name);
  return inside.shown;
}

/** The environment that whoever writes may change; notes what a call of ours changes. */
function written(real: NodeJS.ProcessEnv, name: string | symbol): NodeJS.ProcessEnv {
  const inside = calls.current();
  if (inside === undefined) return real;
  if (typeof name === "string") inside.use.written.add(name);
  return inside.shown;
}

/** Whether a list of names and of prefixes ending in `*` covers a variable. */
export function covers(patterns: Iterable<string>, name: string): boolean {
  for (const pattern of patterns) {
    if (pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern) return true;
  }
  return false;
}

/** Variables whose reader is known: those that were asked for by name, and not because all of them were copied. */
export function askedFor(variables: Readonly<Record<string, string>> = {}): {
  readonly shown: Readonly<Record<string, string | undefined>>;
  readonly names: () => readonly string[];
} {
  const names = new Set<string>();
  let copies = 0;
  const shown = new Proxy(
    { ...variables },
    {
      get(target, name) {
        if (typeof name === "string" && copies === 0 && Object.hasOwn(target, name)) names.add(name);
        return Reflect.get(target, name) as string | undefined;
      },
      ownKeys(target) {
        copies++;
        return Reflect.ownKeys(target);
      },
    },
  );
  return { shown, names: () => [...names] };
}
