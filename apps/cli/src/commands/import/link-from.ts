import type { ListEntry } from "@vaultlink/core";
import { formatReference } from "@vaultlink/core/internal";
import type { CliContext } from "../../context.ts";
import { usage } from "../../failure.ts";
import { foldersNotListed, nothingLeft, tellLeft, walk } from "../../find/browse.ts";
import { fieldNames } from "../../find/field-names.ts";
import { pluginOf } from "../../find/plugin-of.ts";
import type { Message } from "../../output/result.ts";
import { configure, withVault } from "../../vault/with-vault.ts";
import { type BulkOptions, linkAll } from "./bulk.ts";
import type { Imported, Source } from "./sources.ts";
import { expectConnection, refuseUntrusted } from "../../vault/expect-connection.ts";

export interface LinkFromOptions extends BulkOptions {
  /** Where to begin, as the vault names it. */
  readonly prefix?: string | undefined;
  /** Tags that a secret must have, all of them: `key`, or `key=value`. */
  readonly tag?: readonly string[] | undefined;
}

/** Names at most. */
const MAX_NAMES = 200;

/**
 * Links what a connection holds below a prefix or with certain tags, each field of a secret that has to be read field by
 * field. Throws `usage` for tags of a vault whose listing tells none.
 */
export async function linkFrom(context: CliContext, connection: string, options: LinkFromOptions): Promise<Message> {
  const configuration = await configure(context);
  expectConnection(connection, configuration, "link --from");
  refuseUntrusted(connection, configuration);
  const { pattern = "" } = await pluginOf(context, configuration, connection);
  const { prefix = "", tag: tags = [] } = options;
  const names: Imported[] = [];
  const left: Array<Source["left"][number]> = [];
  const unseen = nothingLeft();
  await withVault(context, configuration, async (vault) => {
    for await (const { entry } of walk({ context, vault, connection }, prefix, { left: unseen })) {
      if (tags.length > 0 && !isTagged(entry, tags)) continue;
      const { locator, state } = entry;
      const path = locator.path.slice(prefix.length);
      if (names.length >= MAX_NAMES) {
        left.push({ name: nameOf(path), why: `these are ${MAX_NAMES} already: narrow the prefix, or add a tag` });
        return;
      }
      if (state !== undefined) {
        left.push({ name: nameOf(path), why: `it is ${state}` });
        continue;
      }
      const whole = formatReference({ connection, locator });
      const fields = pattern.includes("#") ? await fieldNames(vault, whole, context.signal) : [];
      if (fields.length === 0) names.push({ name: nameOf(path), reference: whole });
      for (const field of fields) {
        const reference = formatReference({ connection, locator, field: [field] });
        names.push({ name: nameOf(`${path}/${field}`), reference });
      }
    }
  });
  tellLeft(context, unseen);
  const linked = await linkAll(context, configuration, unique(names, left), options);
  return { ...linked, json: { ...linked.json, foldersNotListed: foldersNotListed(unseen) } };
}

function isTagged({ tags }: ListEntry, wanted: readonly string[]): boolean {
  if (tags === undefined) {
    throw usage("This vault's listing tells no tags; choose by the beginning of names.", "vaultlink link --help");
  }
  // A key may hold a `=` itself.
  const held = new Set(Object.entries(tags).flatMap(([key, value]) => [key, `${key}=${value}`]));
  return wanted.every((one) => held.has(one));
}

/** `prod/db-main/password` → `PROD_DB_MAIN_PASSWORD`. */
function nameOf(path: string): string {
  const name = path
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^[A-Z]/.test(name) ? name : `_${name}`;
}

/** Of two secrets that come to one name the first is linked. */
function unique(names: readonly Imported[], left: Array<Source["left"][number]>): Source {
  const seen = new Map<string, Imported>();
  for (const one of names) {
    if (seen.has(one.name)) left.push({ name: one.name, why: "another secret comes to the same name" });
    else seen.set(one.name, one);
  }
  return { names: [...seen.values()], left };
}
