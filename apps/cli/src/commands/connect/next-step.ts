import type { ListEntry, ListOptions, Plugin } from "@vaultlink/core";
import { formatReference } from "@vaultlink/core/internal";
import { clean } from "../../output/clean.ts";
import { quoteShell } from "../../output/quote-shell.ts";
import type { VaultAccess } from "../../vault/access.ts";

/** How long, in ms, and in how many folders a secret is looked for to show as an example. */
const TIMEOUT_MS = 5000;
const MAX_FOLDERS = 16;
const MAX_ENTRIES = 50;

/** The first secret that the credentials show; `undefined` where they may not list, or nothing comes in time. */
export async function firstSecret(
  vault: Pick<VaultAccess, "list">,
  connection: string,
  signal: AbortSignal,
): Promise<ListEntry | undefined> {
  const options = { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]), deadlineMs: TIMEOUT_MS };
  const prefixes = [""];
  for (let looked = 0; looked < MAX_FOLDERS; looked++) {
    const prefix = prefixes.shift();
    if (prefix === undefined) return undefined;
    const entries = await take(vault, connection, { prefix, options });
    const document = entries.find(({ folder, state }) => folder !== true && state === undefined);
    if (document !== undefined) return document;
    prefixes.unshift(...entries.filter(({ folder }) => folder === true).map(({ locator }) => locator.path));
  }
  return undefined;
}

async function take(
  vault: Pick<VaultAccess, "list">,
  connection: string,
  { prefix, options }: { readonly prefix: string; readonly options: ListOptions },
): Promise<readonly ListEntry[]> {
  const taken: ListEntry[] = [];
  try {
    for await (const entry of vault.list(connection, { prefix }, options)) {
      taken.push(entry);
      if (entry.folder !== true || taken.length >= MAX_ENTRIES) break;
    }
  } catch {
    // An example is no reason to fail: without it there is a pattern.
  }
  return taken;
}

/** The command to go on with: one that works as it stands where a secret is known or a person may pick, else its form. */
export function nextStep(
  { pattern = "<path>" }: Pick<Plugin, "pattern">,
  connection: string,
  { entry, mayPick }: { readonly entry: ListEntry | undefined; readonly mayPick: boolean },
): string {
  // Which fields there are is not known before the secret is read; the picker reads it.
  const isWhole = entry !== undefined && !pattern.includes("#");
  if (isWhole)
    return `vaultlink link NAME ${quoteShell(clean(formatReference({ connection, locator: entry.locator })))}`;
  if (mayPick) return "vaultlink link NAME";
  return entry === undefined ? `vaultlink link NAME '${connection}://${pattern}'` : `vaultlink search ${connection}`;
}
