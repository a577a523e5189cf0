import type { Plugin } from "@vaultlink/core";
import { refusalOf } from "./refusal.ts";
import type { Field } from "./fields.ts";
import { at, type Options, remove } from "./secrets.ts";

/**
 * The options without a former one that excludes what is given now, as one address excludes another: the plugin refuses both
 * together, and takes what is given alone. A choice, such as a method, is none that goes silently.
 */
export function withoutExcluded(
  plugin: Plugin,
  fields: readonly Field[],
  { former, given, options }: { readonly former: Options; readonly given: Options; readonly options: Options },
): Options {
  if (refusalOf(plugin, options) === undefined) return options;
  const replaceable = fields.filter(
    ({ path, enum: choices }) =>
      choices === undefined && at(former, path) !== undefined && at(given, path) === undefined,
  );
  const accepted = replaceable
    .map(({ path }) => remove(options, path))
    .find((rest) => refusalOf(plugin, rest) === undefined);
  return accepted ?? options;
}
