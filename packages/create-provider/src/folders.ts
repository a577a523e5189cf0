import { mkdir, readdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** Whether a folder holds anything. Throws as the file system does for what is no folder. */
export async function isUsed(folder: string): Promise<boolean> {
  return (await isThere(folder)) && (await readdir(folder)).length > 0;
}

/**
 * Makes a folder and what is missing above it, one by one: Node's recursive `mkdir` never ends where a file system refuses
 * with ENOENT, as /proc does. Throws as the file system does.
 */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let at = resolve(folder); !(await isThere(at)); at = dirname(at)) missing.unshift(at);
  for (const at of missing) await mkdir(at);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return false;
    throw thrown;
  }
}

/** What the file system's refusal means, as a sentence about a folder; `undefined` for what is no such refusal. */
export function refusalOfFolder(thrown: unknown, folder: string): string | undefined {
  const code = codeOf(thrown);
  if (code === undefined) return undefined;
  return `The folder ${folder} cannot be made: ${REASONS[code] ?? `the system says ${code}`}.`;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "you may not write there",
  EEXIST: "a file is in its way",
  ELOOP: "a link on its path leads in a circle",
  ENAMETOOLONG: "its name is too long for the file system",
  ENOENT: "the file system makes no folders there",
  ENOSPC: "there is no space left",
  ENOTDIR: "a file is in its way",
  EPERM: "you may not write there",
  EROFS: "the file system is read-only",
};

function codeOf(thrown: unknown): string | undefined {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}
