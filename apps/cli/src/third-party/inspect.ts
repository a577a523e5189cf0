import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { SecretError } from "@vaultlink/core";
import { clean } from "../output/clean.ts";
import { type Absence, find, isShared } from "./find.ts";
import type { Locked } from "./lockfile.ts";
import { installCommand, installForUser } from "./package-manager.ts";
import { type Pin, pinOf, type Pins } from "./pin.ts";
import { labelOf, type ProgramEntry, type ThirdParty } from "./source.ts";

/** Which configuration names a provider, and what its user agreed to. */
export interface NamedBy {
  /** What is named, at the start of a sentence: `Connection acme in /path/vaultlink.json`. */
  readonly what: string;
  /** The file that names it. */
  readonly file: string;
  /** Where its code is looked for: the configuration's own folder comes first. */
  readonly folders: readonly string[];
  /** Whether that folder is a person's own rather than a project's. */
  readonly isUsers: boolean;
  readonly pins: Pins;
}

/** What is known of a provider's code without running any of it. */
export interface Inspected {
  /** What it is pinned under. */
  readonly key: string;
  readonly label: string;
  /** Where it is. */
  readonly at: string;
  /** What is imported; absent for a program. */
  readonly entry?: string;
  /** The folders that hold all of its code. */
  readonly folders: readonly string[];
  /** Of its package. */
  readonly name?: string;
  readonly version?: string;
}

/** Finds a provider's code. Throws `invalid_config`, with what helps, where there is none. Runs nothing. */
export function locateCode(source: ThirdParty, by: NamedBy): Inspected {
  if (source.kind === "program") return locateProgram(source.program, by);
  const found = find(source, by.folders);
  if (typeof found === "string") throw absent(source, found, by);
  const { folder, ...about } = found;
  const label = source.kind === "package" ? source.name : clean(found.at);
  return { ...about, key: found.at, label, folders: [folder] };
}

/** What is pinned of it as it is now, and what a lockfile says of it besides. */
export async function pinFor(code: Inspected): Promise<Pin & { readonly locked?: Locked }> {
  const { at, folders, name, version } = code;
  const [{ hashFolders }, { lockedIntegrity }] = await Promise.all([import("./hash.ts"), import("./lockfile.ts")]);
  const [sha256, locked] = await Promise.all([
    hashFolders(folders),
    name === undefined || version === undefined ? undefined : lockedIntegrity(at, { name, version }),
  ]);
  return {
    sha256,
    ...(version !== undefined && { version }),
    ...(locked !== undefined && { integrity: locked.integrity, locked }),
  };
}

/** Whether code is what was pinned. */
export const isSamePin = (one: Pin, other: Pin): boolean =>
  one.sha256 === other.sha256 && one.integrity === other.integrity;

/** Throws `unresolved` unless the code is what its user agreed to run, and is so now. */
export async function expectTrusted(code: Inspected, { what, pins }: NamedBy): Promise<void> {
  const pin = pinOf(pins, code.key);
  const details = { reason: "untrusted", hint: "vaultlink trust" };
  if (pin === undefined) {
    throw new SecretError("unresolved", `${what}: You have not trusted the code of ${code.label} yet.`, details);
  }
  if (isSamePin(pin, await pinFor(code))) return;
  throw new SecretError("unresolved", `${what}: The code of ${code.label} has changed since you trusted it.`, details);
}

/** The paths among a program's arguments stand for the folders they are in. The program itself is the system's. */
function locateProgram(entry: ProgramEntry, { folders: [own = ""], what, file }: NamedBy): Inspected {
  const [program, ...given] = entry.command;
  const named = [...(program.startsWith(".") ? [program] : []), ...given].map((part) => resolve(own, part));
  const files = named.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
  const missing = program.startsWith(".") && !files.includes(resolve(own, program));
  if (missing || files.length === 0) {
    throw new SecretError("invalid_config", `${what}: ${noFile(entry, missing)}`, { hint: `Edit ${file}` });
  }
  const folders = [...new Set(files.map((path) => dirname(path)))];
  const shared = folders.find((folder) => isShared(folder, [own]));
  if (shared !== undefined) throw notApart(what, file);
  const label = labelOf(entry);
  return { key: `${own}: ${JSON.stringify(entry.command)}`, label, at: folders[0] ?? own, folders };
}

/** Which part of a command should be a file. The parts are not repeated: what was pasted there may be anything. */
function noFile({ command: [program, ...given] }: ProgramEntry, isOwn: boolean): string {
  if (isOwn) return 'The file that "command" begins with is not there.';
  if (given.length === 0 && /\s/.test(program))
    return '"command" has one part, with blanks in it: the program and each argument are parts of their own.';
  if (given.length === 0)
    return '"command" names no file of the provider: the arguments of the program are to name one.';
  const at = given.findIndex((part) => /[\\/]|\.\w{1,4}$/.test(part));
  return at === -1
    ? 'None of the arguments in "command" is a file.'
    : `The file that argument ${at + 1} in "command" names is not there.`;
}

function absent(source: Exclude<ThirdParty, { kind: "program" }>, why: Absence, by: NamedBy): SecretError {
  const { what, file, folders, isUsers } = by;
  const own = folders[0] ?? "";
  if (why === "not-apart") return notApart(what, file);
  if (source.kind === "path") {
    const sentence =
      why === "absent"
        ? "There is no provider at its path."
        : "The folder at its path is no package that can be loaded.";
    return new SecretError("invalid_config", `${what}: ${sentence}`, { hint: `Edit ${file}` });
  }
  const hint = isUsers ? installForUser(source.name, folders) : installCommand(source.name, own);
  const sentence =
    why === "absent" ? "is not installed" : "is installed, but names no file that could be loaded; install it again";
  return new SecretError("invalid_config", `${what}: The package ${source.name} ${sentence}.`, { hint });
}

const notApart = (what: string, file: string): SecretError =>
  new SecretError(
    "invalid_config",
    `${what}: The provider's file has no folder of its own, so its code cannot be told.`,
    {
      hint: `Move it into a folder of its own, and edit ${file}`,
    },
  );
