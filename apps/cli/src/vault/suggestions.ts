import type { Plugin } from "@vaultlink/core";
import type { Suggestions } from "@vaultlink/core/provider";
import type { CliContext } from "../context.ts";
import type { Options } from "../options/secrets.ts";

/** What a plugin finds here; what it fails at is not found. */
export async function suggestionsOf(context: CliContext, plugin: Plugin, options: Options): Promise<Suggestions> {
  const env = Object.fromEntries(Object.entries(context.env).filter(([name]) => !name.startsWith("VAULTLINK_")));
  try {
    return (await plugin.suggest?.({ env: { HOME: context.home, ...env }, options, signal: context.signal })) ?? {};
  } catch {
    return {};
  }
}
