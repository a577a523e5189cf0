import { isSecretError, type ListEntry, SecretError } from "@vaultlink/core";
import { formatReference } from "@vaultlink/core/internal";
import type { Configuration } from "../config/load.ts";
import type { Choice, CliContext, TerminalPrompter } from "../context.ts";
import { clean } from "../output/clean.ts";
import { labelOf } from "../third-party/source.ts";
import type { LendVault } from "../vault/with-vault.ts";
import { browse, type Browsing, nameBelow, titleBelow } from "./browse.ts";
import { pickField } from "./pick-field.ts";
import { pluginOf } from "./plugin-of.ts";

/** What a person may do instead of picking. */
export interface OtherWay<Value> {
  readonly label: string;
  readonly value: Value;
}

/** The other way that a person chose, and where they were. */
export interface NotPicked<Value> extends OtherWay<Value> {
  /** The reference of the folder that they looked at last. */
  readonly below?: string;
  /** What a reference of that connection looks like. */
  readonly form?: string;
}

/** Entries of one folder that are offered; whoever has more types a reference. */
const MAX_ENTRIES = 2000;

/**
 * Has a person find a secret: connection, then folder by folder, then the field. No value is shown. Resolves with its
 * reference, or with the other way that they chose.
 */
export async function pick<Value>(
  context: CliContext,
  configuration: Configuration,
  { subject, others, lend }: Asking<Value> & { readonly lend: LendVault },
): Promise<string | NotPicked<Value>> {
  const { prompter } = context;
  if (prompter === undefined) throw new SecretError("internal", "Nobody is here to pick.");
  const connection = await pickConnection(prompter, configuration, { subject, others });
  if (typeof connection !== "string") return connection;
  const { pattern } = await pluginOf(context, configuration, connection);
  return lend(async (vault) => {
    const browsing = { context, vault, connection };
    const { picked, prefix } = await pickEntry(browsing, prompter, { subject, others });
    if ("locator" in picked) return pickField(browsing, prompter, { locator: picked.locator, pattern });
    const form = `${connection}://${pattern ?? "<path>"}`;
    return { ...picked, below: formatReference({ connection, locator: { path: prefix, query: {} } }), form };
  });
}

interface Asking<Value> {
  /** What it is for, e.g. `"DB: "`; it stands before each question. */
  readonly subject: string;
  readonly others: readonly OtherWay<Value>[];
}

/** The only connection there is need not be picked where nothing else could be meant. */
async function pickConnection<Value>(
  prompter: TerminalPrompter,
  { connections, user }: Configuration,
  { subject, others }: Asking<Value>,
): Promise<string | OtherWay<Value>> {
  const disconnected = new Set(user.content.disconnected);
  const names = [...connections.keys()].filter((name) => !disconnected.has(name));
  const [only] = names;
  if (only === undefined && others.length === 0) {
    throw new SecretError("unresolved", "There is no connection to pick from.", { hint: "vaultlink connect" });
  }
  if (names.length === 1 && others.length === 0) return only ?? "";
  const choices = names.map((name) => {
    const provider = connections.get(name)?.entry.provider;
    return { label: name, value: name, ...(provider !== undefined && { hint: labelOf(provider) }) };
  });
  return prompter.choose<string | OtherWay<Value>>(`${subject}Which connection?`, [
    ...choices,
    ...others.map(toChoice),
  ]);
}

const toChoice = <Value>(other: OtherWay<Value>): Choice<OtherWay<Value>> => ({ label: other.label, value: other });
const UP = "..";

/** Folder by folder. Where nothing may be listed, says so, and offers the other ways. */
async function pickEntry<Value>(
  browsing: Browsing,
  prompter: TerminalPrompter,
  { subject, others }: Asking<Value>,
): Promise<{ readonly picked: ListEntry | OtherWay<Value>; readonly prefix: string }> {
  for (let [prefix, shown] = ["", ""]; ;) {
    const entries = await entriesOf(browsing, prefix, prompter);
    const choices: Choice<ListEntry | OtherWay<Value> | typeof UP>[] = entries.map((entry) => toEntry(entry, prefix));
    if (prefix !== "") choices.unshift({ label: UP, value: UP });
    if (choices.length === 0 && others.length === 0) {
      throw new SecretError("not_found", "There is nothing to pick from here.", { hint: "vaultlink link --help" });
    }
    const offered = prefix === "" || entries.length === 0 ? others.map(toChoice) : [];
    // The way back stands above all, and is not what Enter takes.
    const first = prefix === "" || choices.length + offered.length === 1 ? 0 : 1;
    const where = `${subject}Which secret? ${browsing.connection}://${clean(shown)}`;
    const picked = await prompter.pick(where, [...choices, ...offered], { typing: TYPING, first });
    if (picked === UP) [prefix, shown] = [above(prefix), above(shown)];
    else if ("locator" in picked && picked.folder === true) {
      [prefix, shown] = [picked.locator.path, `${shown}${titleBelow(prefix, picked)}`];
    } else return { picked, prefix };
  }
}

const above = (folder: string): string => folder.replace(/[^/]*\/?$/, "");

/** What is searched by typing, and what is not. */
const TYPING = "type to filter this level; vaultlink search looks at all";

/** By its title where it is called by an id, which stands beside it; marked where it gives nothing now, as `search` does. */
function toEntry(entry: ListEntry, prefix: string): Choice<ListEntry> {
  const { state, title } = entry;
  const marked = `${titleBelow(prefix, entry)}${state === undefined ? "" : ` (${state})`}`;
  return { label: clean(marked), value: entry, ...(title !== undefined && { hint: clean(nameBelow(prefix, entry)) }) };
}

async function entriesOf(
  browsing: Browsing,
  prefix: string,
  prompter: TerminalPrompter,
): Promise<readonly ListEntry[]> {
  const entries: ListEntry[] = [];
  try {
    for await (const entry of browse(browsing, prefix)) {
      entries.push(entry);
      if (entries.length < MAX_ENTRIES) continue;
      prompter.show(`These are the first ${MAX_ENTRIES}; others are found by: vaultlink search`);
      break;
    }
  } catch (thrown) {
    const isNoList = isSecretError(thrown) && (thrown.code === "denied" || thrown.details.reason === "not-listed");
    if (!isNoList) throw thrown;
    prompter.show(clean(thrown.message));
  }
  return entries;
}
