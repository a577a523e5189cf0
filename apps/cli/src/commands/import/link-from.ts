import { formatReference } from "@vaultlink/core/internal";
import type { CliContext } from "../../context.ts";
import { walk } from "../../find/browse.ts";
import { fieldNames } from "../../find/field-names.ts";
import { pluginOf } from "../../find/plugin-of.ts";
import type { Message } from "../../output/result.ts";
import { configure, withVault } from "../../vault/with-vault.ts";
import { expectConnection } from "../cache.ts";
import { refuseUntrusted } from "../disconnect.ts";
import { type BulkOptions, linkAll } from "./bulk.ts";
import type { Imported, Source } from "./sources.ts";

export interface LinkFromOptions extends BulkOptions {
  /** Where to begin, as the vault names it. */
  readonly prefix?: string | undefined;
}

/** Names at most. */
const MAX_NAMES = 200;

/** Links what a connection holds below a prefix, each field of a secret that has to be read field by field. */
export async function linkFrom(context: CliContext, connection: string, options: LinkFromOptions): Promise<Message> {
  const configuration = await configure(context);
  expectConnection(connection, configuration);
  refuseUntrusted(connection, configuration);
  const { pattern = "" } = await pluginOf(context, configuration, connection);
  const { prefix = "" } = options;
  const names: Imported[] = [];
  const left: Array<Source["left"][number]> = [];
  await withVault(context, configuration, async (vault) => {
    for await (const { locator, state } of walk({ context, vault, connection }, prefix, { denied: 0, skipped: 0 })) {
      const path = locator.path.slice(prefix.length);
      if (names.length >= MAX_NAMES) {
        left.push({ name: nameOf(path), why: `these are ${MAX_NAMES} already: narrow the prefix` });
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
  return linkAll(context, configuration, unique(names, left), options);
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
