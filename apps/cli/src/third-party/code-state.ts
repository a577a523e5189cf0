import { type BigIntStats } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LEFT_OUT, MAX_FILES } from "./hash.ts";
import { LOCKFILES } from "./lockfile.ts";

/**
 * What tells one state of a provider's code from another without reading it: whenever its hash or what its lockfile says
 * changes, this does, too. `at`: where it was looked for.
 */
export async function codeStateOf(folders: readonly string[], at: string): Promise<string> {
  const states: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) return void states.push(`${folder} -`);
    const own = entries.filter(({ name }) => !LEFT_OUT.has(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const files = own.filter((entry) => !entry.isDirectory()).map(({ name }) => join(folder, name));
    states.push(...(await Promise.all(files.map(stateOf))));
    for (const entry of own) {
      // What has too many files cannot be trusted anyway.
      if (entry.isDirectory() && states.length <= MAX_FILES) await walk(join(folder, entry.name));
    }
  };
  for (const folder of folders) await walk(folder);
  return [...states, ...(await Promise.all(lockfilesAbove(at).map(stateOf)))].join("\n");
}

/** A link may lead to another file without being changed itself. */
async function stateOf(file: string): Promise<string> {
  const [own, target] = await Promise.all([read(lstat, file), read(stat, file)]);
  return `${file} ${own} ${target}`;
}

async function read(
  look: (file: string, options: { bigint: true }) => Promise<BigIntStats>,
  file: string,
): Promise<string> {
  const found = await look(file, { bigint: true }).catch(() => undefined);
  return found === undefined ? "-" : `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}`;
}

function lockfilesAbove(at: string): readonly string[] {
  const files: string[] = [];
  for (let folder = dirname(at); ; folder = dirname(folder)) {
    files.push(...LOCKFILES.map((name) => join(folder, name)));
    if (dirname(folder) === folder) return files;
  }
}
