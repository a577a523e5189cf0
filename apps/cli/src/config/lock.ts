import { randomBytes } from "node:crypto";
import { type FileHandle, link, lstat, open, readFile, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CliError } from "../failure.ts";

/** How long to wait for another command's edit, in ms, and how often to look. An edit takes a few ms. */
const PATIENCE_MS = 2000;
const LOOK_MS = 20;
/** A lock this old is left over, in ms, even if its process number lives on in another process. */
const STALE_MS = 10_000;

/**
 * Runs an edit while no other command edits the same file. Throws `conflict` if another one keeps it for two seconds.
 * A lock whose process is gone is taken over, so a killed command locks nobody out.
 */
export async function locked<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  const lock = join(dirname(file), `.${basename(file)}.lock`);
  await take(lock);
  try {
    return await work();
  } finally {
    await unlink(lock).catch(ignore);
  }
}

async function take(lock: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const handle = await create(lock);
    if (handle !== undefined) {
      await handle.writeFile(String(process.pid));
      return handle.close();
    }
    if (await isLeftOver(lock)) await clear(lock);
    else if (performance.now() > until) {
      throw new CliError("conflict", "Another command is changing the same file; nothing was written.", "Try again");
    } else await pause(LOOK_MS);
  }
}

async function create(lock: string): Promise<FileHandle | undefined> {
  return open(lock, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") return undefined;
    throw error;
  });
}

async function isLeftOver(lock: string): Promise<boolean> {
  const found = await lstat(lock).catch(() => undefined);
  if (found === undefined) return false;
  if (Date.now() - found.mtimeMs > STALE_MS) return true;
  const pid = Number(await readFile(lock, "utf8").catch(() => ""));
  return pid > 0 && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** Takes a left-over lock away: aside first, so that a lock somebody took in the meantime is seen and put back. */
async function clear(lock: string): Promise<void> {
  const aside = `${lock}.${randomBytes(6).toString("hex")}`;
  const moved = await rename(lock, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if (!(await isLeftOver(aside))) await link(aside, lock).catch(ignore);
  await unlink(aside).catch(ignore);
}

const ignore = (): void => {};
