import { inspect } from "node:util";
import type { ListEntry } from "@vaultlink/core/provider";
import { leaks } from "../canaries.ts";
import { turns } from "../kit/bounded.ts";
import { type Definition, group } from "../kit/definition.ts";
import { checkEntry } from "../kit/entry.ts";
import { answered, check, fail } from "../kit/expect.ts";
import { failureOf } from "../kit/failure.ts";
import { ENOUGH, placeMany, placeOdd, placeOne, take, walk } from "../kit/listing.ts";
import { first, offered, type Opened, withSubject } from "../kit/session.ts";
import { skipped } from "../kit/skipped.ts";

const define = group("list");
const OFFERS = ["list"] as const;
const READ = 40;
const DOCUMENT = "a document";

/** What can be linked, without any value. */
export const listCases: readonly Definition[] = [
  define(
    "yields metadata only",
    [],
    (subject) =>
      withSubject(subject, async (opened) => {
        const entries = await take(opened, subject.listed, ENOUGH);
        check(
          entries.length > 0,
          "`list` yields nothing although there is something to list: see `listed` of the subject.",
        );
        const pinning = Object.keys(subject.pinned?.locator.query ?? {});
        for (const entry of entries) {
          checkEntry(entry);
          check(
            !pinning.some((name) => Object.hasOwn(entry.locator.query, name)),
            "`list` yields the locator of a version: whoever links it would never see another one. List documents.",
          );
        }
        check(
          leaks(inspect(entries, { depth: 8, maxArrayLength: Infinity }), subject.canaries).length === 0,
          "`list` yields a value or a credential.",
        );
        const [one, two] = await Promise.all([
          take(opened, subject.listed, ENOUGH),
          take(opened, subject.listed, ENOUGH),
        ]);
        check(
          names(one).join("\n") === names(entries).join("\n") && names(two).join("\n") === names(entries).join("\n"),
          "Listing again, twice at once, gave other entries, or other times of change: each call of `list` has a cursor of its " +
            "own, and `updatedAt` is when the document last changed.",
        );
      }),
    OFFERS,
  ),
  define(
    "yields only what begins with the prefix",
    [],
    (subject) =>
      withSubject(subject, async (opened) => {
        const top = subject.listed ?? "";
        // Several pages: a prefix may be forgotten with the second.
        const many = (await placeMany(subject)).length > 0 ? [`${top}vlkit-entry-`] : [];
        const entries = await take(opened, top, ENOUGH);
        const some = entries.find(({ folder }) => folder !== true)?.locator.path;
        const folds = some !== undefined && (await foldsCase(opened, some));
        for (const prefix of [
          top,
          ...many,
          ...oddPrefixes(top, folds ? undefined : some),
          ...(some === undefined ? [] : [some.slice(0, -1), some]),
        ]) {
          const found = await take(opened, prefix, ENOUGH).catch((thrown: unknown) =>
            refusedPrefix(thrown, prefix === top),
          );
          const odd = found.find(({ locator }) => !locator.path.startsWith(prefix));
          check(
            odd === undefined,
            "`list` yields an entry whose path does not begin with the prefix that was asked for.",
          );
          check(
            prefix === "" || !found.some(({ locator, folder }) => folder === true && locator.path === prefix),
            "`list` yields, as a folder, the very prefix that was asked for: whoever follows folders never ends.",
          );
          check(
            prefix !== some || found.some(({ locator }) => locator.path === some),
            "`list` with a whole path as the prefix does not yield the entry of that path.",
          );
          check(
            prefix !== some?.slice(0, -1) ||
              found.some(({ locator, folder }) => locator.path === some || folder === true),
            "`list` with a path but for its last letter as the prefix does not yield the entry of that path: a prefix need not " +
              "end where a folder does.",
          );
        }
        for (const path of await placeOdd(subject)) {
          const found = await take(opened, path, ENOUGH);
          check(
            found.some(({ locator }) => locator.path === path) &&
              found.every(({ locator }) => locator.path.startsWith(path)),
            `\`list\` with the prefix ${JSON.stringify(path)}, which is the path of a document, yields other entries than that ` +
              "one. Encode the prefix: it may hold anything that a path may.",
          );
        }
      }),
    OFFERS,
  ),
  define(
    "yields every page and folder",
    [],
    (subject) =>
      withSubject(subject, async (opened) => {
        offered(opened.session, "list");
        const placed = await placeMany(subject);
        await take(opened, subject.listed);
        const wanted = [...(subject.entries ?? []), ...placed, ...(await placeOne(subject))];
        if (wanted.length === 0)
          skipped("The subject neither says what a listing must reach (`entries`) nor can `put` it.");
        const reached = new Set((await walk(opened, subject.listed)).map(({ locator }) => locator.path));
        const lost = wanted.filter((path) => !reached.has(path));
        check(
          lost.length === 0,
          `A listing of \`listed\`, folders followed, does not reach ${lost.length} of ${wanted.length} documents. ` +
            "Ask for every page, mark folders with `folder`, and give paths as `read` takes them.",
        );
      }),
    OFFERS,
  ),
  define(
    "what it yields can be read",
    [],
    (subject) =>
      withSubject(subject, async (opened) => {
        const entries = await walk(opened, subject.listed);
        const usable = entries.filter(({ state }) => state === undefined);
        const stated = entries.filter(({ state }) => state !== undefined);
        let documents = 0;
        for (const entry of [...stated.slice(0, READ), ...spread(usable, READ)]) {
          if ((await judge(opened, entry)) === DOCUMENT) documents++;
        }
        check(
          documents > 0 || usable.length === 0,
          "Nothing of what `list` yields can be read: see `listed` of the subject.",
        );
      }),
    OFFERS,
  ),
  define(
    "`state` tells what cannot be given",
    ["unusable"],
    (subject) =>
      withSubject(subject, async (opened) => {
        const { path } = subject.unusable;
        const entries = await walk(opened, subject.listed);
        const listed = entries.find(({ locator }) => locator.path === path);
        if (listed === undefined) return skipped("A listing leaves out what cannot be given.");
        return check(
          listed.state !== undefined,
          "`list` yields the document of `unusable` without a `state`. Where the vault's listing does not tell, say so in `skip`.",
        );
      }),
    OFFERS,
  ),
  define(
    "stops when the caller stops",
    [],
    (subject) =>
      withSubject(subject, async (opened) => {
        const { locator } = first(subject);
        await answered(opened.session.read(locator, opened.context()), "`read` before a listing");
        await take(opened, subject.listed, 1);
        const before = subject.requests?.() ?? 0;
        await turns();
        await answered(opened.session.read(locator, opened.context()), "`read` after a listing was left early");
        const made = (subject.requests?.() ?? 0) - before;
        check(
          made <= (subject.requestsPerRead ?? 1),
          `After a listing was left, and with one \`read\`, ${made} requests were made: \`list\` goes on by itself. ` +
            "Ask for a page when it is needed.",
        );
      }),
    OFFERS,
  ),
];

/** Prefixes with which nothing begins, and that a pattern, or a comparison without case, would take for others. */
function oddPrefixes(top: string, some: string | undefined): readonly string[] {
  const patterns = ["*", "%", ".", ".*"].map((pattern) => `${top}${pattern}`);
  const like = some === undefined ? [] : [`${some.slice(0, -1)}_`, some.toUpperCase(), some.toLowerCase()];
  return [`${top}vlkit-nothing-begins-so`, ...patterns, ...like];
}

/** Whether a name in capitals is the same name to this vault. */
async function foldsCase({ session, context }: Opened, path: string): Promise<boolean> {
  return session.read({ path: path.toUpperCase(), query: {} }, context()).then(
    () => true,
    () => false,
  );
}

function names(entries: readonly ListEntry[]): string[] {
  return entries
    .map(({ locator, updatedAt, state }) => JSON.stringify([locator.path, locator.query, updatedAt, state]))
    .toSorted();
}

/** A prefix under which there is nothing may be refused, as a path would be; the one of the subject may not. */
function refusedPrefix(thrown: unknown, isTop: boolean): readonly ListEntry[] {
  const { code, shown } = failureOf(thrown);
  const allowed = ["not_found", "invalid_reference", "denied"].includes(code) && !isTop;
  return allowed ? [] : fail(`\`list\` failed with ${shown}. A prefix with which nothing begins yields nothing.`);
}

/** Some of many: one of each form, since among many that are numbered the odd one may be wrong, and some from everywhere. */
function spread(entries: readonly ListEntry[], most: number): readonly ListEntry[] {
  const forms = Map.groupBy(entries, ({ locator }) => locator.path.replaceAll(/\d+/g, "0"));
  const one = [...forms.values()].flatMap(([entry]) => entry ?? []);
  return [...new Set([...evenly(one, most), ...evenly(entries, most / 2)])];
}

function evenly<Item>(items: readonly Item[], most: number): readonly Item[] {
  const step = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, index) => index % step === 0);
}

/** Fails the case unless reading an entry gives what its `state` says. Returns what it gave. */
async function judge({ session, context }: Opened, { locator, state }: ListEntry): Promise<string> {
  const code = await session.read(locator, context()).then(
    () => DOCUMENT,
    (thrown: unknown) => failureOf(thrown).code,
  );
  if (state === undefined) {
    check(
      code === DOCUMENT || code === "denied" || code === "unusable",
      `\`list\` yields an entry without a \`state\`, and \`read\` of its locator fails with \`${code}\`. Mark folders with ` +
        "`folder`; give locators that `read` takes.",
    );
  } else {
    check(code !== DOCUMENT, `\`list\` says that an entry is \`${state}\`, and \`read\` gives its document.`);
  }
  return code;
}
