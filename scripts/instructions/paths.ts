import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { countInstructions } from "./count.ts";

const HITS = 1000;

/** Where things are, and with what they are counted. */
export interface Place {
  readonly root: string;
  readonly valgrind: string;
  readonly node: string;
  /** An empty folder. */
  readonly home: string;
}

/** The instructions of each hot path of what is built, beyond those of Node itself. */
export async function countPaths({ root, valgrind, node, home }: Place): Promise<Readonly<Record<string, number>>> {
  const built = (path: string): string => pathToFileURL(join(root, path)).href;
  const program = (name: string): string => join(import.meta.dirname, "programs", name);
  const env = { PATH: process.env["PATH"], HOME: home };
  const count = (...args: readonly string[]) => countInstructions(valgrind, { node, args, cwd: home, env });
  const core = built("packages/core/dist/index.js");
  const hits = (times: number) =>
    count(program("hit.mjs"), core, built("packages/core/dist/provider.js"), String(times));
  const [nothing, imported] = await both(count(program("import.mjs")), count(program("import.mjs"), core));
  const [none, many] = await both(hits(0), hits(HITS));
  const command = join(root, "apps/cli/dist/main.js");
  const version = await count(command, "--version");
  // The first one leaves its code compiled for the next, as with every user.
  await count(command, "list");
  const list = await count(command, "list");
  return {
    hit: Math.round((many - none) / HITS),
    "import of core": imported - nothing,
    "vaultlink --version": version - nothing,
    "vaultlink list": list - nothing,
  };
}

/** Two at a time: what else runs changes no count. */
const both = <T>(first: Promise<T>, second: Promise<T>): Promise<[T, T]> => Promise.all([first, second]);
