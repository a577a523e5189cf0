import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

/** What a lockfile says of a package, so that a person can compare it with the registry. */
export interface Locked {
  /** E.g. `sha512-…`, as the lockfile has it. Yarn's later versions write a checksum of their own. */
  readonly integrity: string;
  /** The lockfile's name. */
  readonly lockfile: string;
}

interface Wanted {
  readonly name: string;
  readonly version: string;
}

/** A package where it is installed, as a path below the lockfile's folder with `/`: npm tells packages apart by that. */
interface Installed extends Wanted {
  readonly path: string;
}

/** How each package manager writes the integrity of one version of a package. */
const READERS: Readonly<Record<string, (text: string, wanted: Installed) => string | undefined>> = {
  "npm-shrinkwrap.json": fromNpm,
  "package-lock.json": fromNpm,
  "pnpm-lock.yaml": fromPnpm,
  "yarn.lock": fromYarn,
};

/** The names of the lockfiles that are read. */
export const LOCKFILES: readonly string[] = Object.keys(READERS);

/** The integrity of an installed package in the nearest lockfile above it, if one has it. */
export async function lockedIntegrity(at: string, wanted: Wanted): Promise<Locked | undefined> {
  for (let folder = dirname(at); ; folder = dirname(folder)) {
    const installed = { ...wanted, path: relative(folder, at).replaceAll("\\", "/") };
    let isLocked = false;
    for (const [lockfile, read] of Object.entries(READERS)) {
      const text = await readFile(join(folder, lockfile), "utf8").catch(() => undefined);
      if (text === undefined) continue;
      isLocked = true;
      const integrity = read(text, installed);
      if (integrity !== undefined) return { integrity, lockfile };
    }
    if (isLocked || dirname(folder) === folder) return undefined;
  }
}

/** An entry of npm's: of lockfiles 2 and 3 in `packages`, of lockfile 1 in `dependencies`. */
interface NpmEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, NpmEntry>>;
}

/** https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
function fromNpm(text: string, { name, version, path }: Installed): string | undefined {
  let lockfile: NpmEntry & { readonly packages?: Readonly<Record<string, NpmEntry>> };
  try {
    lockfile = JSON.parse(text) as typeof lockfile;
  } catch {
    return undefined;
  }
  const { packages } = lockfile;
  if (packages !== undefined) return packages[path]?.version === version ? packages[path].integrity : undefined;
  let entry: NpmEntry | undefined = lockfile;
  for (const parent of path.split(/(?:^|\/)node_modules\//).slice(1)) entry = entry?.dependencies?.[parent];
  // Installed under another name, it is written `npm:name@version`.
  return entry?.version === version || entry?.version === `npm:${name}@${version}` ? entry.integrity : undefined;
}

/** Keys are `name@version` with the peers in brackets, or in older lockfiles `/name@version` or `/name/version_peers`. */
function fromPnpm(text: string, { name, version }: Installed): string | undefined {
  const key = `\\n +['"]?/?${literal(name)}[@/]${literal(version)}(?:[(_][^\\n]*)?['"]?:\\n`;
  return new RegExp(`${key} +resolution:(?: \\{[^}\\n]*?|\\n +)integrity: ([\\w+/=-]+)`).exec(text)?.[1];
}

/** A block begins with all the ranges that it serves, `alias@npm:name@range` among them. */
function fromYarn(text: string, { name, version }: Installed): string | undefined {
  const serves = new RegExp(`(?:^|, )"?(?:\\S+@npm:)?${literal(name)}@`);
  const hasVersion = new RegExp(`\\n +version:? "?${literal(version)}"?(?:\\n|$)`);
  const block = text.split(/\n(?=\S)/).find((one) => serves.test(one.split("\n", 1)[0] ?? "") && hasVersion.test(one));
  return block && /\n +(?:integrity|checksum):? ([\w+/=-]+)/.exec(block)?.[1];
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
