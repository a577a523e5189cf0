import { constants, type Stats } from "node:fs";
import { mkdir, open, readdir, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { randomId } from "./random-id.ts";

const { O_CREAT, O_EXCL, O_WRONLY } = constants;
/** Windows has no such flag; there the name is random and exclusive. */
const O_NOFOLLOW = constants.O_NOFOLLOW ?? 0;

/** Who may read a file: its owner only, or whom it was open to before (a new one: whom the user's umask lets read). */
export type Privacy = "private" | "shared";

/** The file a name stands for: a configuration kept elsewhere and linked here is edited there. */
export async function target(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}

/**
 * Replaces a file's text at once: whoever reads sees the old text or the new one, also after a crash. The text goes to a
 * new file beside it, is synced, and takes the name. Call it under the file's lock.
 */
export async function save(file: string, text: string, privacy: Privacy): Promise<void> {
  const directory = dirname(file);
  const before = await stat(file).catch(() => undefined);
  await sweep(file);
  const temporary = join(directory, `${prefix(file)}${randomId()}`);
  try {
    await write(temporary, text, before, privacy);
    await rename(temporary, file);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
  await syncDirectory(directory);
}

/** Makes the folder of the user's own files, for nobody else. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

async function write(temporary: string, text: string, before: Stats | undefined, privacy: Privacy): Promise<void> {
  const isNewShared = before === undefined && privacy === "shared";
  const handle = await open(temporary, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, isNewShared ? 0o644 : 0o600);
  try {
    if (before !== undefined && privacy === "shared") {
      // Only root edits what belongs to another user; the file stays that user's.
      if (before.uid !== (await handle.stat()).uid) await handle.chown(before.uid, before.gid).catch(() => {});
      await handle.chmod(before.mode & 0o777);
    }
    await handle.writeFile(text, "utf8");
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Removes what a killed command left behind: under the lock nobody else is writing. Another's draft of a lock may go with it;
 * that one makes a new one.
 */
async function sweep(file: string): Promise<void> {
  const entries = await readdir(dirname(file));
  const left = entries.filter((name) => name.startsWith(prefix(file)) || name.startsWith(drafts(file)));
  await Promise.all(left.map((name) => unlink(join(dirname(file), name)).catch(() => {})));
}

const drafts = (file: string): string => `.${basename(file)}.lock.draft-`;
const prefix = (file: string): string => `.${basename(file)}.tmp-`;

/** Makes the rename last. Windows cannot sync a directory. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r").catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
