import type { Plugin } from "@vaultlink/core";
import type { Configuration } from "../config/load.ts";
import type { CliContext } from "../context.ts";
import { pluginOf } from "../find/plugin-of.ts";
import { thirdPartyOf } from "../third-party/source.ts";

/** What a person calls an identity: the identity itself where the plugin has no other name for it. */
export const shownAs = (plugin: Pick<Plugin, "displayName">, identity: string): string =>
  plugin.displayName?.(identity) ?? identity;

/**
 * What a person calls an identity of a connection: the identity itself where its provider has no other name, or is somebody
 * else's, whose code does not run for a name. `undefined` without an identity.
 */
export async function displayNameOf(
  context: CliContext,
  configuration: Configuration,
  { name, identity }: { readonly name: string; readonly identity?: string | undefined },
): Promise<string | undefined> {
  const provider = configuration.connections.get(name)?.entry.provider;
  if (identity === undefined || provider === undefined || thirdPartyOf(provider) !== undefined) return identity;
  try {
    const plugin = await pluginOf(context, configuration, name);
    return shownAs(plugin, identity);
  } catch {
    return identity;
  }
}
