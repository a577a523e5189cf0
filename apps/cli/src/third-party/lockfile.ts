import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What a lockfile says of a package, so that a person can compare it with the registry. */
export interface Locked {
  /** E.g. `sha512-…`, as the lockfile has it. */
  readonly integrity: string;
  /** The lockfile's name. */
  readonly lockfile: string;
}

interface Wanted {
  readonly name: string;
  readonly version: string;
}

/** How each package manager writes the integrity of one version of a package. */
const READERS: Readonly<Record<string, (text: string, wanted: Wanted) => string | undefined>> = {
  "package-lock.json": fromNpm,
  "pnpm-lock.yaml": (text, { name, version }) => {
    const key = `(?:^|\\n) +'?/?${literal(name)}@${literal(version)}(?:\\(.*?\\))?'?:\\n`;
    return new RegExp(`${key} +resolution: \\{[^}]*?integrity: ([\\w+/=-]+)`).exec(text)?.[1];
  },
  "yarn.lock": (text, { name, version }) => {
    const blocks = text.split(/\n(?=\S)/).filter((block) => new RegExp(`^"?${literal(name)}@`).test(block));
    const block = blocks.find((one) => new RegExp(`\\n +version:? "?${literal(version)}"?(?:\\n|$)`).test(one));
    return block && /\n +(?:integrity|checksum):? ([\w+/=-]+)/.exec(block)?.[1];
  },
};

/** The integrity of an installed package in the nearest lockfile above it, if one has it. */
export async function lockedIntegrity(at: string, wanted: Wanted): Promise<Locked | undefined> {
  for (let folder = dirname(at); ; folder = dirname(folder)) {
    for (const [lockfile, read] of Object.entries(READERS)) {
      const text = await readFile(join(folder, lockfile), "utf8").catch(() => undefined);
      if (text === undefined) continue;
      const integrity = read(text, wanted);
      return integrity === undefined ? undefined : { integrity, lockfile };
    }
    if (dirname(folder) === folder) return undefined;
  }
}

function fromNpm(text: string, { name, version }: Wanted): string | undefined {
  try {
    const { packages = {} } = JSON.parse(text) as {
      packages?: Record<string, { version?: string; integrity?: string }>;
    };
    const locked = packages[`node_modules/${name}`];
    return locked?.version === version ? locked.integrity : undefined;
  } catch {
    return undefined;
  }
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
