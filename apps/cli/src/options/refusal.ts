import type { Plugin } from "@vaultlink/core";
import type { Options } from "./secrets.ts";

/** What a plugin says of options that it does not take; `undefined` where it takes them. */
export function refusalOf(plugin: Plugin, options: Options): unknown {
  try {
    plugin.create(options);
    return undefined;
  } catch (refusal) {
    return refusal;
  }
}
