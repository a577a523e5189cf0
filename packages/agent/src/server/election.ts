import type { Server } from "node:net";
import { linkSync, lstatSync, readdirSync, readlinkSync, renameSync, symlinkSync, unlinkSync } from "node:fs";
import { createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import { type Clock, SecretError } from "@vaultlink/core";
import { type AgentPlace, checkSocket, inodeOf } from "../place.ts";

/** What became of a candidate. */
export type Election =
  | { readonly won: true; readonly server: Server; readonly inode: string }
  /** Another agent serves. */
  | { readonly won: false };

/** How often a candidate tries before it gives up: others may be at work, and each try waits a little. */
const MAX_ROUNDS = 1000;
/** Between two tries while another candidate removes what is left over, in ms. */
const PAUSE_MS = 5;
/** A claim this old, in ms, is nobody's any more, whatever process has its holder's number now. */
const CLAIM_MS = 60_000;

export interface ElectionOptions {
  readonly isServed: () => Promise<boolean>;
  readonly clock: Clock;
}

/**
 * Makes this process the user's agent, unless one serves already. Of any number of candidates exactly one wins: a socket
 * is bound under a private name, and `link` gives it the public one, which fails where that exists. A socket that nobody
 * listens at is removed by one candidate at a time.
 * `isServed` says whether an agent answers at the public name; it throws for what is no agent. Throws `unavailable` where
 * others are at it for too long.
 */
export async function elect(place: AgentPlace, { isServed, clock }: ElectionOptions): Promise<Election> {
  sweep(place);
  const own = `${place.socket}.${process.pid}`;
  const { server, inode } = await bindPrivately(own);
  try {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      if (takeName(own, place.socket)) return { won: true, server, inode };
      if (checkSocket(place) === undefined) continue;
      if (await isServed()) {
        server.close();
        return { won: false };
      }
      if (!(await clearStale(place, { isServed, clock }))) await pause(clock);
    }
    throw new SecretError("unavailable", "The agent's place is not free, and nobody serves there.");
  } catch (error) {
    server.close();
    throw error;
  } finally {
    remove(own);
  }
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

/**
 * Removes the socket at the public name if nobody listens there; resolves with `false` where another candidate is about
 * to. To look and to remove are two steps, and what is looked at must be what is removed: nobody takes a name that is
 * taken, an agent that ends takes its own away while it still listens, and only the holder of the claim removes others.
 */
async function clearStale(place: AgentPlace, { isServed, clock }: ElectionOptions): Promise<boolean> {
  const claim = `${place.socket}.claim`;
  if (!takeClaim(claim, clock)) return false;
  try {
    if (checkSocket(place) !== undefined && !(await isServed())) remove(place.socket);
  } finally {
    remove(claim);
  }
  return true;
}

/** The claim names its holder. One whose holder is gone is moved aside; the next try may take it. */
function takeClaim(claim: string, clock: Clock): boolean {
  try {
    symlinkSync(String(process.pid), claim);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const aside = `${claim}.${process.pid}`;
  try {
    const age = clock.epochMs() - lstatSync(claim).mtimeMs;
    if (isAlive(Number(readlinkSync(claim))) && age < CLAIM_MS) return false;
    renameSync(claim, aside);
  } catch (error) {
    // Its holder has just let it go.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  remove(aside);
  return false;
}

function pause(clock: Clock): Promise<void> {
  return new Promise((resolve) => void clock.after(PAUSE_MS, resolve, true));
}

/** Removes what processes that are gone left behind: their private names carry their numbers. */
function sweep({ socket, cookie }: AgentPlace): void {
  const names = new Set([basename(socket), basename(cookie), `${basename(socket)}.claim`]);
  for (const entry of readdirSync(dirname(socket))) {
    const dot = entry.lastIndexOf(".");
    const pid = /^(\d+)$/.exec(entry.slice(dot + 1))?.[1];
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
