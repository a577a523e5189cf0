import type { ListEntry } from "@vaultlink/core/provider";
import { timeFault } from "./document.ts";
import { check, isRecord, kind } from "./expect.ts";

const MEMBERS = new Set(["locator", "folder", "holdsFields", "title", "updatedAt", "state", "tags"]);
const YEAR_MS = 365 * 86_400_000;

/** Fails a case for what is no entry. */
export function checkEntry(entry: ListEntry): void {
  const { locator, folder, holdsFields, title, updatedAt, state, tags } = entry;
  check(typeof locator?.path === "string", `An entry's locator must have a path, but is ${kind(locator)}.`);
  check(
    locator.path !== "" && !/^\/|\/\/|(?:^|\/)\.\.?(?:\/|$)/.test(locator.path),
    "An entry's path must be as `read` takes it: without a leading slash, empty or dot segments.",
  );
  check(
    isRecord(locator.query) && Object.values(locator.query).every((value) => typeof value === "string"),
    "An entry's locator must have a `query`, empty where there is nothing to say.",
  );
  check(folder === undefined || typeof folder === "boolean", "An entry's `folder` must be true, or left out.");
  check(
    holdsFields === undefined || (typeof holdsFields === "boolean" && folder === true),
    "An entry's `holdsFields` is said of a folder only.",
  );
  check(title === undefined || typeof title === "string", "An entry's `title` must be a text.");
  check(
    state === undefined || state === "disabled" || state === "deleted",
    "An entry's `state` must be `disabled` or `deleted`; leave it out for what can be used.",
  );
  check(
    tags === undefined || (isRecord(tags) && Object.values(tags).every((value) => typeof value === "string")),
    "An entry's `tags` must be texts by key.",
  );
  const time = updatedAt === undefined ? undefined : timeFault(updatedAt, "An entry's `updatedAt`");
  check(time === undefined, time ?? "");
  check(updatedAt === undefined || updatedAt < Date.now() + YEAR_MS, "An entry's `updatedAt` is in the future.");
  check(
    Object.keys(entry).every((name) => MEMBERS.has(name)),
    "An entry holds something that is no metadata of the contract.",
  );
}
