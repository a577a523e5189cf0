import type * as fs from "node:fs";
import { type AgentPlace, suspicious } from "./place.ts";

const COOKIE_BYTES = 32;

/**
 * The secret that client and server prove to know, or `undefined` where none was made yet. Throws `invalid_config` for a
 * file that is another user's, that others may read, or that no agent wrote.
 */
export function readCookie({ cookie, uid }: AgentPlace): Buffer | undefined {
  const { closeSync, constants, fstatSync, openSync, readSync } = process.getBuiltinModule("node:fs");
  let file: number;
  try {
    file = openSync(cookie, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw suspicious(cookie, "cannot be opened as a file of yours");
  }
  try {
    // Of the file that was opened, not of whatever has the name by now.
    const found = fstatSync(file);
    if (!found.isFile()) throw suspicious(cookie, "is not a regular file");
    if (found.uid !== uid) throw suspicious(cookie, "belongs to another user");
    if ((found.mode & 0o077) !== 0) throw suspicious(cookie, "is open to other users", `rm ${cookie}`);
    const bytes = Buffer.alloc(COOKIE_BYTES + 1);
    if (readSync(file, bytes) !== COOKIE_BYTES) throw suspicious(cookie, "is not what an agent writes", `rm ${cookie}`);
    return bytes.subarray(0, COOKIE_BYTES);
  } finally {
    closeSync(file);
  }
}

/** The cookie, made where there is none. Of several that make one at once, all get the same. */
export function ensureCookie(place: AgentPlace): Buffer {
  const present = readCookie(place);
  if (present !== undefined) return present;
  const { linkSync, unlinkSync } = process.getBuiltinModule("node:fs");
  const { randomBytes } = process.getBuiltinModule("node:crypto");
  const own = `${place.cookie}.${process.pid}`;
  write(own, randomBytes(COOKIE_BYTES));
  try {
    // Under its name it is complete from the first moment on; a second one's link fails.
    linkSync(own, place.cookie);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(own);
  }
  const made = readCookie(place);
  if (made === undefined) throw suspicious(place.cookie, "went away while it was made");
  return made;
}

function write(path: string, bytes: Buffer): void {
  const { closeSync, constants, fsyncSync, openSync, writeSync }: typeof fs = process.getBuiltinModule("node:fs");
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;
  const file = openSync(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o600);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
