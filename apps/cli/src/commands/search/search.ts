import type { ListEntry } from "@vaultlink/core";
import { formatReference } from "@vaultlink/core/internal";
import type { CliContext } from "../../context.ts";
import { usage } from "../../failure.ts";
import { foldersNotListed, nothingLeft, tellLeft, walk, type Walked } from "../../find/browse.ts";
import { clean } from "../../output/clean.ts";
import { quoteShell } from "../../output/quote-shell.ts";
import type { Lines } from "../../output/result.ts";
import { configure, openVault } from "../../vault/with-vault.ts";
import { matches, mayMatchInside } from "./match.ts";
import { expectConnection, refuseUntrusted } from "../../vault/expect-connection.ts";

export interface SearchOptions {
  /** Names at most. @default 200 */
  readonly limit?: string | undefined;
  /** Where to begin, as the vault names it. */
  readonly prefix?: string | undefined;
}

/** A secret that was found. */
interface Found {
  readonly reference: string;
  /** Its path as a person knows it, where the reference has ids. */
  readonly title?: string;
  readonly state?: string;
  readonly updatedAt?: string;
}

/** Names what a connection holds, as it comes in: references to link, never a value. */
export async function search(
  context: CliContext,
  connection: string,
  query = "",
  { limit: most = "200", prefix = "" }: SearchOptions = {},
): Promise<Lines> {
  const limit = Number(most);
  if (!Number.isSafeInteger(limit) || limit < 1) throw usage("--limit is a whole number.", "vaultlink search --help");
  const configuration = await configure(context);
  expectConnection(connection, configuration, "search");
  refuseUntrusted(connection, configuration);
  const secrets: Found[] = [];
  const left = nothingLeft();
  let [unreadItems, more] = [0, false];
  const enters = ({ locator: { path }, holdsFields }: ListEntry, shown: string): boolean => {
    // Looking into an item reads it, which the vault may count.
    const isOpen = holdsFields !== true || mayMatchInside([path, shown], query);
    if (!isOpen) unreadItems++;
    return isOpen;
  };
  const hasEnough = (): boolean => secrets.length >= limit;
  async function* lines(): AsyncGenerator<string, void, undefined> {
    const vault = await openVault(context, configuration);
    try {
      for await (const walked of walk({ context, vault, connection }, prefix, { left, enters, hasEnough })) {
        if (!matches([walked.entry.locator.path, walked.shown], query)) continue;
        more = hasEnough();
        if (more) break;
        const found = describe(connection, walked);
        secrets.push(found);
        yield lineOf(found, context.outputIsTerminal);
      }
    } finally {
      await vault.close();
    }
    tellLeft(context, left);
    if (secrets.length === 0) context.notice("Nothing was found.");
    if (secrets.length === 0 && unreadItems > 0) context.notice(IN_ITEMS);
    const are = more ? "are" : left.unasked > 0 ? "may be" : undefined;
    if (are !== undefined)
      context.notice(`There ${are} more than ${limit}: narrow the search, or give a greater --limit.`);
  }
  const json: Lines["json"] = () => ({
    ...{ connection, query, secrets, more: more || left.unasked > 0 },
    foldersNotListed: foldersNotListed(left),
  });
  return { kind: "lines", lines: lines(), json };
}

function describe(connection: string, { entry: { locator, state, updatedAt }, shown }: Walked): Found {
  return {
    reference: formatReference({ connection, locator }),
    ...(shown !== locator.path && { title: shown }),
    ...(state !== undefined && { state }),
    ...(updatedAt !== undefined && { updatedAt: new Date(updatedAt).toISOString() }),
  };
}

/** For a person as a shell takes it, to be copied; for a program as it is. */
function lineOf({ reference, title, state }: Found, isForPerson: boolean): string {
  const said = [title, state].flatMap((one) => (one === undefined ? [] : `(${clean(one)})`));
  return [isForPerson ? quoteShell(reference) : reference, ...(said.length === 0 ? [] : ["", ...said])].join(" ");
}

/** Said of items that were not read for the names of their fields. */
const IN_ITEMS = "Only names of items were looked at: to find a field, write 'item/' before it.";
