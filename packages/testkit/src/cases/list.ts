import { inspect } from "node:util";
import type { ListEntry } from "@vaultlink/core/provider";
import { leaks } from "../canaries.ts";
import { type Definition, group } from "../kit/definition.ts";
import { answered, check, kind } from "../kit/expect.ts";
import { first, offered, type Opened, withSession, withSubject } from "../kit/session.ts";

const define = group("list");
const MEMBERS = new Set(["locator", "folder", "updatedAt", "state"]);
const ENOUGH = 1000;

/** What can be linked, without any value. */
export const listCases: readonly Definition[] = [
  define("yields metadata only", [], (subject) =>
    withSubject(subject, async (opened) => {
      const entries = await take(opened, subject.listed, ENOUGH);
      check(
        entries.length > 0,
        "`list` yields nothing although there is something to list: see `listed` of the subject.",
      );
      for (const entry of entries) {
        check(
          typeof entry.locator?.path === "string",
          `An entry's locator must have a path, but is ${kind(entry.locator)}.`,
        );
        const stray = Object.keys(entry).find((name) => !MEMBERS.has(name));
        check(stray === undefined, "An entry holds something that is no metadata of the contract.");
      }
      check(
        leaks(inspect(entries, { depth: 8 }), subject.canaries).length === 0,
        "`list` yields a value or a credential.",
      );
    }),
  ),
  define("stops when the caller stops", [], (subject) =>
    withSubject(subject, async (opened) => {
      await take(opened, subject.listed, 1);
      await answered(
        opened.session.read(first(subject).locator, opened.context()),
        "`read` after a listing was left early",
      );
    }),
  ),
  define("refused listing leaves `read` working", ["unlisted"], (subject) =>
    withSession(subject.unlisted(), subject.env, async (opened) => {
      await take(opened, subject.listed, ENOUGH).catch(() => []);
      await answered(opened.session.read(first(subject).locator, opened.context()), "`read` by who may not list");
    }),
  ),
];

/** Lists until enough was seen. */
async function take(
  { session, context }: Opened,
  prefix: string | undefined,
  most: number,
): Promise<readonly ListEntry[]> {
  const list = offered(session, "list").bind(session);
  const seen: ListEntry[] = [];
  for await (const entry of list({ prefix: prefix ?? "" }, context())) if (seen.push(entry) >= most) break;
  return seen;
}
