import { spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Env, SecretError } from "@vaultlink/core";
import { clean } from "../../output/clean.ts";

/**
 * Throws `forbidden` for a file in a git work tree that git does not ignore: it would be committed sooner or later. Where git
 * cannot be asked it counts as not ignored. The folder is the real one, without symbolic links.
 */
export async function expectIgnored(folder: string, file: string, env: Env): Promise<void> {
  if (!(await isInWorkTree(folder)) || (await isIgnored(folder, file, env))) return;
  throw new SecretError(
    "forbidden",
    `${clean(file)}: It would hold values in a git work tree that does not ignore it.`,
    {
      hint: "Add it to .gitignore, or write it elsewhere",
    },
  );
}

/** A work tree has `.git` at its top: a folder, or a file where it is another one's. */
async function isInWorkTree(folder: string): Promise<boolean> {
  if (await stat(join(folder, ".git")).catch(() => undefined)) return true;
  const above = dirname(folder);
  return above !== folder && isInWorkTree(above);
}

/** `git check-ignore` says it by its status; it counts what git tracks already as not ignored. */
function isIgnored(folder: string, file: string, env: Env): Promise<boolean> {
  // Hooks set variables for one repository, which need not be this one; a repository's settings may name a program to run.
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("GIT_")));
  const args = ["-c", "core.fsmonitor=false", "check-ignore", "--quiet", "--", file];
  return new Promise((resolve) => {
    const child = spawn("git", args, { cwd: folder, env: own, stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}
