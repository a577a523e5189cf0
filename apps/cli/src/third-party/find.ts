import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Manifest, packageEntry } from "./package-entry.ts";
import type { ThirdParty } from "./source.ts";

/** Where a provider's code is. */
export interface Found {
  /** Where it was looked for, links as they are: what it was called when it was trusted. */
  readonly at: string;
  /** The folder that holds all of its code, links followed. */
  readonly folder: string;
  /** The file that is imported. */
  readonly entry: string;
  /** Of its manifest. */
  readonly name?: string;
  readonly version?: string;
}

/** Why there is nothing to load. */
export type Absence =
  /** Nothing of that name is there. */
  | "absent"
  /** The package has no manifest that can be read, or one that names no file of its own. */
  | "broken"
  /** A single file that has no folder of its own: what lies beside it is not its code. */
  | "not-apart";

/** A package or a path, looked for from some folders upwards as Node does. */
export function find(source: Exclude<ThirdParty, { kind: "program" }>, folders: readonly string[]): Found | Absence {
  if (source.kind === "path") return findPath(resolve(folders[0] ?? "", source.path), folders);
  for (const folder of folders) {
    for (const at of installed(source.name, folder)) if (isThere(join(at, "package.json"))) return readPackage(at);
  }
  return "absent";
}

function findPath(at: string, folders: readonly string[]): Found | Absence {
  const about = statSync(at, { throwIfNoEntry: false });
  if (about === undefined) return "absent";
  if (about.isDirectory()) return isThere(join(at, "package.json")) ? readPackage(at) : "broken";
  const entry = realpathSync(at);
  const folder = dirname(entry);
  return isShared(folder, folders) ? "not-apart" : { at, folder, entry };
}

/** Whether a folder holds more than one provider: it is, or is above, that of a configuration. */
export const isShared = (folder: string, folders: readonly string[]): boolean =>
  folders.some((own) => `${realpathOf(own)}/`.startsWith(folder === "/" ? "/" : `${folder}/`));

const realpathOf = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
};

/** Where Node looks for a package: https://nodejs.org/api/modules.html#loading-from-node_modules-folders */
function* installed(name: string, from: string): Generator<string> {
  for (let folder = from; ; folder = dirname(folder)) {
    yield join(folder, "node_modules", name);
    if (dirname(folder) === folder) return;
  }
}

function readPackage(at: string): Found | Absence {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(join(at, "package.json"), "utf8")) as Manifest;
  } catch {
    return "broken";
  }
  const folder = realpathSync(at);
  const entry = packageEntry(folder, manifest);
  if (entry === undefined || !isThere(entry)) return "broken";
  const { name, version } = manifest;
  return {
    ...{ at, folder, entry },
    ...(typeof name === "string" && /^[\w@/.~-]{1,214}$/.test(name) && { name }),
    ...(typeof version === "string" && /^[\w.+-]{1,60}$/.test(version) && { version }),
  };
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
