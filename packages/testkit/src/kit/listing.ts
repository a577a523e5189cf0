import { randomUUID } from "node:crypto";
import type { ListEntry } from "@vaultlink/core/provider";
import type { Subject } from "../subject.ts";
import { place } from "./awkward.ts";
import { check } from "./expect.ts";
import { offered, type Opened } from "./session.ts";

/** More entries than any subject has: a listing that goes on is one that goes round. */
export const ENOUGH = 5000;
const FOLDERS = 200;
/** More than most vaults put on one page. */
const MANY = 130;

/** Lists until enough was seen; fails the case for an entry that comes twice. */
export async function take(
  { session, context }: Opened,
  prefix = "",
  most: number = ENOUGH,
): Promise<readonly ListEntry[]> {
  const list = offered(session, "list");
  const seen: ListEntry[] = [];
  const known = new Set<string>();
  for await (const entry of list({ prefix }, context())) {
    const key = JSON.stringify([entry?.locator?.path, entry?.locator?.query, entry?.folder]);
    check(!known.has(key), "`list` yields one entry twice: a page overlaps another, or follows itself.");
    known.add(key);
    if (seen.push(entry) >= most) break;
  }
  check(seen.length < ENOUGH, `\`list\` did not end after ${ENOUGH} entries.`);
  return seen;
}

/** Everything below a prefix that is no folder, folders followed. */
export async function walk(opened: Opened, prefix = ""): Promise<readonly ListEntry[]> {
  const found = new Map<string, ListEntry>();
  const queue = [prefix];
  const visited = new Set(queue);
  for (let at = queue.shift(); at !== undefined && visited.size < FOLDERS; at = queue.shift()) {
    for (const entry of await take(opened, at)) {
      const { locator, folder } = entry;
      if (folder !== true) found.set(JSON.stringify([locator.path, locator.query]), entry);
      else if (!visited.has(locator.path)) {
        visited.add(locator.path);
        queue.push(locator.path);
      }
    }
  }
  return [...found.values()];
}

/** What the kit put, as paths: enough for several pages. */
export async function placeMany(subject: Subject): Promise<readonly string[]> {
  const { put } = subject;
  if (put === undefined) return [];
  const paths: string[] = [];
  for (let index = 0; index < MANY; index++) {
    const text = `vlcanary-of-the-kit-entry-${index}`;
    const name = index % 10 === 0 ? `vlkit-folder/entry-${index}` : `vlkit-entry-${index}`;
    const made = await place({ ...subject, put }, name, [text, { value: text }]);
    if (made !== undefined) paths.push(made.locator.path);
  }
  return paths;
}

/** What the kit put just now, as a path: of a name that no listing has seen. */
export async function placeOne(subject: Subject): Promise<readonly string[]> {
  const { put } = subject;
  if (put === undefined) return [];
  const text = "vlcanary-of-the-kit-entry-new";
  const made = await place({ ...subject, put }, `vlkit-new-${randomUUID().slice(0, 8)}`, [text, { value: text }]);
  return made === undefined ? [] : [made.locator.path];
}

/** Paths of documents that the kit put, in which something is lost where a prefix is not encoded. */
export async function placeOdd(subject: Subject): Promise<readonly string[]> {
  const { put } = subject;
  if (put === undefined) return [];
  const paths: string[] = [];
  for (const name of ["vlkit&and=1", "vlkit#fragment", "vlkit+plus", "vlkit%41"]) {
    const text = `vlcanary-of-the-kit-${name}`;
    const made = await place({ ...subject, put }, name, [text, { value: text }]);
    if (made !== undefined) paths.push(made.locator.path);
  }
  return paths;
}
