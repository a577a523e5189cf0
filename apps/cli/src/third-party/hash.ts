import { createHash } from "node:crypto";
import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { SecretError } from "@vaultlink/core";
import { clean } from "../output/clean.ts";

/** More than a provider's own code has: somebody named a folder with other things in it. */
export const MAX_FILES = 5000;
/** Installed dependencies and history are not the provider's own code. */
export const LEFT_OUT: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/** The SHA-256 of all code in some folders: of each file's path and bytes. Throws `invalid_config` for a folder too large. */
export async function hashFolders(folders: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  const add = (part: string | Uint8Array): void => void hash.update(`${Buffer.byteLength(part)}:`).update(part);
  let left = MAX_FILES;
  const walk = async (folder: string, below: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const [path, name] = [join(folder, entry.name), `${below}/${entry.name}`];
      if (LEFT_OUT.has(entry.name)) continue;
      if (entry.isDirectory()) await walk(path, name);
      else if (left-- <= 0) throw tooLarge(folder);
      else if (entry.isSymbolicLink()) [name, await readlink(path), await contentOf(path)].forEach(add);
      else if (entry.isFile()) [name, await readFile(path)].forEach(add);
    }
  };
  for (const folder of folders) await walk(folder, "");
  return hash.digest("hex");
}

/** What a link leads to, where that is a file: it may be changed without the link. */
const contentOf = (path: string): Promise<Uint8Array> => readFile(path).catch(() => new Uint8Array());

const tooLarge = (folder: string): SecretError =>
  new SecretError("invalid_config", `${clean(folder)} holds too many files to be a provider's own folder.`, {
    hint: "Put the provider in a folder of its own",
  });
