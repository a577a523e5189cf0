import { type BigIntStats } from "node:fs";
import { lstat, stat } from "node:fs/promises";

/** What tells one state of some files from another: size and time of change, also of what a symbolic link leads to. */
export async function stampOf(files: readonly string[]): Promise<string> {
  return (await Promise.all(files.map(stampOfOne))).join("\n");
}

async function stampOfOne(file: string): Promise<string> {
  const own = await lstat(file, { bigint: true }).catch(() => undefined);
  if (own === undefined) return "-";
  if (!own.isSymbolicLink()) return text(own);
  const target = await stat(file, { bigint: true }).catch(() => undefined);
  return `${text(own)} ${target === undefined ? "-" : text(target)}`;
}

/** A folder's times change with whatever is made in it, which says nothing: only what it is and whose it is counts. */
const text = (found: BigIntStats): string =>
  found.isDirectory()
    ? `${found.dev}:${found.ino}:${found.uid}:${found.mode}`
    : `${found.dev}:${found.ino}:${found.uid}:${found.mode}:${found.size}:${found.mtimeNs}:${found.ctimeNs}`;
