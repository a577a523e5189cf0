import { constants } from "node:fs";
import { link, lstat, open, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CliError } from "../failure.ts";
import { type Holder, isGone, parseHolder, thisProcess } from "./lock-holder.ts";
import { randomId } from "./random-id.ts";

/** How long to wait while one and the same command keeps the lock, in ms, and how often to look. An edit takes a few ms. */
const WAIT_MS = 2000;
const LOOK_MS = 20;
/** Between the name of a lock and the end of a draft's of it. */
const DRAFT = ".draft-";
/** A lock that does not say whose it is, or whose holder cannot be looked for from here, is left over at this age, in ms. */
const STALE_MS = 10_000;

/**
 * Runs an edit while no other command edits the same file. Throws `conflict` if another one keeps it for two seconds.
 * A lock whose process is gone is taken over, so a killed command locks nobody out. The edit calls `confirm` before it
 * writes: that throws `conflict` where this process slept so long that the lock was taken over.
 */
export async function locked<Result>(
  file: string,
  work: (confirm: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const lock = join(dirname(file), `.${basename(file)}.lock`);
  const mine = await take(lock);
  const isMine = async (): Promise<boolean> => (await read(lock))?.text === mine;
  try {
    return await work(async () => {
      if (!(await isMine())) throw conflict();
    });
  } finally {
    if (await isMine()) await unlink(lock).catch(ignore);
  }
}

const conflict = (): CliError =>
  new CliError("conflict", "Another command is changing the same file; nothing was written.", "Try again");

/** Waits for a lock and takes it. Returns what it says. */
async function take(lock: string): Promise<string> {
  const mine = JSON.stringify({ ...(await thisProcess()), id: randomId() });
  let seen: string | undefined;
  let until = performance.now() + WAIT_MS;
  while (!(await create(lock, mine))) {
    const found = await read(lock);
    if (found === undefined) continue;
    // Others taking turns is no reason to give up.
    if (found.text !== seen) [seen, until] = [found.text, performance.now() + WAIT_MS];
    if (await isLeftOver(found)) await takeAway(lock, found);
    else if (performance.now() > until) throw conflict();
    // Loaded with the first wait: there is hardly ever one.
    else await process.getBuiltinModule("node:timers/promises").setTimeout(LOOK_MS);
  }
  return mine;
}

/**
 * Makes the lock, with what it says in it from the start: a link to a finished file, or nothing where one is. Where the file
 * system has no links, it is made empty and then written.
 */
async function create(lock: string, text: string): Promise<boolean> {
  const draft = `${lock}${DRAFT}${randomId()}`;
  try {
    await writeFile(draft, text, { flag: "wx", mode: 0o600 });
    await link(draft, lock);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // ENOENT: the holder swept the draft away.
    if (code === "EEXIST" || code === "ENOENT") return false;
    if (code === "EPERM" || code === "ENOSYS" || code === "ENOTSUP" || code === "EOPNOTSUPP") {
      return createInPlace(lock, text);
    }
    throw error;
  } finally {
    await unlink(draft).catch(ignore);
  }
}

async function createInPlace(lock: string, text: string): Promise<boolean> {
  return writeFile(lock, text, { flag: "wx", mode: 0o600 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );
}

/** A lock as it was found. */
interface Found {
  readonly text: string;
  readonly holder: Holder | undefined;
  readonly ageMs: number;
  readonly inode: number;
}

/** `undefined` where none is. What is no regular file is a lock that says nothing: a FIFO would have us wait. */
async function read(lock: string): Promise<Found | undefined> {
  const about = await lstat(lock).catch(() => undefined);
  if (about === undefined) return undefined;
  const text = about.isFile() ? await textOf(lock) : "";
  if (text === undefined) return undefined;
  return { text, holder: parseHolder(text), ageMs: Date.now() - about.mtimeMs, inode: about.ino };
}

async function textOf(lock: string): Promise<string | undefined> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(lock, flags).catch(() => undefined);
  try {
    return await handle?.readFile("utf8");
  } finally {
    await handle?.close();
  }
}

async function isLeftOver({ holder, ageMs }: Found): Promise<boolean> {
  const gone = holder === undefined ? "unknown" : await isGone(holder);
  return gone === "unknown" ? ageMs > STALE_MS : gone;
}

/**
 * Takes a left-over lock away. Whoever would do so takes a lock for that first, which carries the name of what is left over:
 * so one process at a time removes it, and none takes away the lock that another has made in its place since.
 */
async function takeAway(lock: string, { text, inode }: Found): Promise<void> {
  const removal = `${lock}-${inode}`;
  await take(removal);
  try {
    const now = await read(lock);
    if (now !== undefined && now.text === text && now.inode === inode) await unlink(lock).catch(ignore);
  } finally {
    await unlink(removal).catch(ignore);
  }
}

const ignore = (): void => {};
