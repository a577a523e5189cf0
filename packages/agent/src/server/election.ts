import type { Server } from "node:net";
import { linkSync, readdirSync, renameSync, unlinkSync } from "node:fs";
import { createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import { type AgentPlace, checkSocket, inodeOf } from "../place.ts";

/** What became of a candidate. */
export type Election =
  | { readonly won: true; readonly server: Server; readonly inode: string }
  /** Another agent serves. */
  | { readonly won: false };

/** Stale sockets one candidate may have to clear away before it gives up. */
const MAX_ROUNDS = 100;

/**
 * Makes this process the user's agent, unless one serves already. Of any number of candidates exactly one wins: a socket
 * is bound under a private name, and `link` gives it the public one, which fails where that exists. A socket that nobody
 * listens at is moved aside first and only removed if it is the one that was found dead.
 * `isServed` says whether an agent answers at the public name; it throws for what is no agent.
 */
export async function elect(place: AgentPlace, isServed: () => Promise<boolean>): Promise<Election> {
  sweep(place);
  const own = `${place.socket}.${process.pid}`;
  const { server, inode } = await bindPrivately(own);
  try {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      if (takeName(own, place.socket)) return { won: true, server, inode };
      const found = checkSocket(place);
      if (found === undefined) continue;
      if (await isServed()) break;
      clearStale(place.socket, found.inode);
    }
  } catch (error) {
    server.close();
    throw error;
  } finally {
    remove(own);
  }
  server.close();
  return { won: false };
}

/** Listens at a name nobody else uses, as a socket for this user alone. */
async function bindPrivately(path: string): Promise<{ readonly server: Server; readonly inode: string }> {
  remove(path);
  const server = createServer();
  const listening = new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });
  // The system creates the file within this call, with the mode that the mask leaves.
  const mask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(mask);
  }
  await listening;
  const inode = inodeOf(path);
  if (inode === undefined) throw new Error("The socket went away while it was made.");
  return { server, inode };
}

/** Gives the socket its public name, unless that is taken. */
function takeName(own: string, name: string): boolean {
  try {
    linkSync(own, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a socket that nobody listens at. Whatever took its name in the meantime is put back. */
function clearStale(socket: string, inode: string): void {
  if (inodeOf(socket) !== inode) return;
  const aside = `${socket}.${process.pid}x`;
  try {
    renameSync(socket, aside);
  } catch (error) {
    // Another candidate was faster.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (inodeOf(aside) !== inode) takeName(aside, socket);
  remove(aside);
}

/** Removes what processes that are gone left behind: their private names carry their numbers. */
function sweep({ socket, cookie }: AgentPlace): void {
  const names = new Set([basename(socket), basename(cookie)]);
  for (const entry of readdirSync(dirname(socket))) {
    const dot = entry.lastIndexOf(".");
    const pid = /^(\d+)x?$/.exec(entry.slice(dot + 1))?.[1];
    if (pid === undefined || !names.has(entry.slice(0, dot)) || isAlive(Number(pid))) continue;
    remove(join(dirname(socket), entry));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** Removes a name, if it is there. */
export function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
