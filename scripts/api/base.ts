import { spawnSync } from "node:child_process";

/** What a change is compared with: a commit and what it is to the reader, or the reason why there is none. */
export type Base = { readonly commit: string; readonly title: string } | { readonly missing: string };

/** Where this change left `main`; on `main` itself, the last release. */
export function findBase(root: string): Base {
  const main = ["origin/main", "main"].find((ref) => ask(root, "rev-parse", "--verify", "--quiet", ref) !== undefined);
  if (main === undefined) return { missing: "this checkout has no `main` to compare with" };
  const head = ask(root, "rev-parse", "HEAD");
  const left = ask(root, "merge-base", main, "HEAD");
  if (left === undefined) return { missing: `this checkout does not reach back to ${main}` };
  if (left !== head) return { commit: left, title: main };
  // Changesets names tags so: https://github.com/changesets/changesets/blob/main/docs/command-line-options.md
  const tag = ask(root, "describe", "--tags", "--abbrev=0", "--match", "*@[0-9]*");
  return tag === undefined ? { missing: "nothing is released yet" } : { commit: tag, title: tag };
}

/** A file as it was in a commit; `undefined` if it was not there. */
export function fileAt(root: string, commit: string, path: string): string | undefined {
  return ask(root, "show", `${commit}:${path}`);
}

function ask(root: string, ...args: readonly string[]): string | undefined {
  const ran = spawnSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 16 * 1024 * 1024 });
  if (ran.status !== 0) return undefined;
  return args[0] === "show" ? ran.stdout : ran.stdout.trim();
}
