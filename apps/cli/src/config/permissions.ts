import type { Stats } from "node:fs";
import { realpath, stat } from "./file-calls.ts";
import { dirname } from "node:path";
import { SecretError } from "@vaultlink/core";
import { clean } from "../output/clean.ts";
import { quoteShell } from "../output/quote-shell.ts";

/** Who else may decide what a file says, where the system has owners and modes: Windows has neither. */
export interface Reader {
  /** The user's number; absent on Windows. */
  readonly uid: number | undefined;
  /** Whether the owner of the file and its folders counts, too: not for a project that its user named. */
  readonly owned: boolean;
  /** Whether every folder above counts, not only the file's own: a folder that is replaced takes all in it along. */
  readonly above: boolean;
}

/** Reads whatever is there: for what was read and looked at a moment ago. */
export const ANYBODYS: Reader = { uid: undefined, owned: false, above: false };

const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/**
 * Throws `invalid_config` for a file that another user may write, as ssh(1) does with its own: by the file's mode, or by a
 * folder's, where the file can be replaced. In a folder with the sticky bit, such as /tmp, only owners replace what is
 * theirs. A list of access rights counts as far as it shows in the mode of the group (acl(5)).
 */
export function refuseWritable(file: string, about: Stats, reader: Reader): void {
  if (reader.uid === undefined) return;
  if ((about.mode & WRITABLE_BY_OTHERS) !== 0) throw writable(file, "file");
  if (reader.owned && !isOurs(about, reader.uid)) throw foreign(file, reader.uid);
}

/** The same for the folder of a file, which need not be there yet. */
export async function refuseWritableFolders(file: string, reader: Reader): Promise<void> {
  if (reader.uid === undefined) return;
  const real = await realpath(file).catch(() => undefined);
  for (let at = real ?? file, folder = dirname(at); folder !== at; at = folder, folder = dirname(at)) {
    const about = await stat(folder).catch(() => undefined);
    if (about?.isDirectory() !== true) continue;
    const isShared = (about.mode & WRITABLE_BY_OTHERS) !== 0 && (about.mode & STICKY) === 0;
    if (isShared) throw writable(folder, "folder", file);
    // Above that, who owns a folder does not tell who may write: in a container, root itself may seem to be nobody.
    if (reader.owned && at === (real ?? file) && !isOurs(about, reader.uid)) throw foreign(folder, reader.uid);
    if (!reader.above) return;
  }
}

/** Root may write everything in any case. */
const isOurs = ({ uid }: Stats, user: number): boolean => uid === user || uid === 0;

function writable(path: string, what: "file" | "folder", file = path): SecretError {
  const sentence =
    what === "file"
      ? "Other users may write it, so it is not read."
      : `Other users may write its folder, and so replace it: ${clean(path)}. It is not read.`;
  return new SecretError("invalid_config", `${clean(file)}: ${sentence}`, {
    hint: `chmod go-w ${quoteShell(clean(path))}`,
  });
}

function foreign(path: string, uid: number): SecretError {
  return new SecretError("invalid_config", `${clean(path)}: It belongs to another user, so it is not read.`, {
    hint: `chown ${uid} ${quoteShell(clean(path))}`,
  });
}
