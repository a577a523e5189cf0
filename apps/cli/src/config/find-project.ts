import { lstat, stat } from "./file-calls.ts";
import { dirname, join } from "node:path";
import { PROJECT_FILE } from "./paths.ts";
import { configError } from "./config-error.ts";

/** What the search upwards found. */
export interface Found {
  /** The nearest project file. */
  readonly file?: string;
  /** A project file that was not taken, since its directory or the file belongs to another user. */
  readonly foreign?: string;
}

/**
 * The nearest `vaultlink.json` from a directory upwards. Stops at what belongs to another user: whoever can write there
 * must not decide which of this user's secrets a command receives. `uid` is absent on Windows, which has no such owner.
 */
export async function findProject(from: string, uid: number | undefined): Promise<Found> {
  for (let directory = from; ; directory = dirname(directory)) {
    const file = join(directory, PROJECT_FILE);
    const [folder, found] = await Promise.all([
      stat(directory).catch(() => undefined),
      exists(file, directory === from),
    ]);
    if (uid !== undefined && folder !== undefined && folder.uid !== uid) return found ? { foreign: file } : {};
    if (found) return uid === undefined || (await ownedBy(file, uid)) ? { file } : { foreign: file };
    if (dirname(directory) === directory) return {};
  }
}

/**
 * A dangling link counts as there: reading it then says what is wrong. Throws `invalid_config` where that cannot be told:
 * a command must not start without its secrets for that. A folder above that may not be searched holds no project of ours.
 */
async function exists(file: string, isHere: boolean): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || (code === "EACCES" && !isHere)) return false;
    throw configError(file, "Whether it is there cannot be told.");
  }
}

async function ownedBy(file: string, uid: number): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found === undefined || found.uid === uid;
}
