import type { ConnectionDefinition, LinkDefinition, Plugin, VaultOptions } from "@vaultlink/core";
import type { ConnectionEntry } from "../config/content.ts";
import type { Configuration } from "../config/load.ts";
import type { MergedConnection } from "../config/merge.ts";
import { originFile } from "../config/origin-file.ts";
import { clean } from "../output/clean.ts";
import { requiredRoles } from "../policy/admins.ts";
import { limitedCache } from "../policy/limits.ts";
import { loadNamed, namedBy } from "../plugins.ts";
import type { HostedPlugin } from "../third-party/hosted-plugin.ts";
import { locateCode, type NamedBy } from "../third-party/inspect.ts";
import { pinOf } from "../third-party/pin.ts";
import { labelOf, type ProviderEntry, thirdPartyOf } from "../third-party/source.ts";
import type { CliContext } from "../context.ts";

/** What `createVault` needs, out of the configuration files. Nothing is loaded yet. */
export function vaultOptions(
  { env, providers, uid }: Pick<CliContext, "env" | "providers" | "uid">,
  configuration: Configuration,
): VaultOptions {
  const { connections, links, policy, user } = configuration;
  const disconnected = new Set(user.content.disconnected);
  const definitions = Object.create(null) as Record<string, ConnectionDefinition>;
  for (const [name, connection] of connections) {
    const definition = namedDefinition({ env, providers }, configuration, name, connection);
    const admins = connection.team === true && policy !== undefined ? requiredRoles(policy, uid) : undefined;
    definitions[name] = { ...definition, disconnected: disconnected.has(name), ...(admins && { admins }) };
  }
  const bound = Object.create(null) as Record<string, LinkDefinition>;
  for (const [name, { definition }] of links) bound[name] = definition;
  return { connections: definitions, links: bound, env, cache: limitedCache(user.content, policy?.content) };
}

/** By what a configuration says of a connection. A configuration is read once for a command, or for an agent that reloads it. */
const DEFINITIONS = new WeakMap<MergedConnection, ConnectionDefinition>();

/** A connection of the configuration's: the same one for all who ask, so that its plugin is loaded once for all of them. */
export function namedDefinition(
  context: Pick<CliContext, "env" | "providers">,
  configuration: Configuration,
  name: string,
  connection: MergedConnection,
): ConnectionDefinition {
  const known = DEFINITIONS.get(connection);
  if (known !== undefined) return known;
  const { entry, origin } = connection;
  const what = `Connection ${name} in ${clean(originFile(origin, configuration))}`;
  const definition = connectionDefinition(context, entry, namedBy(configuration, origin, what));
  DEFINITIONS.set(connection, definition);
  return definition;
}

/**
 * One connection. Its plugin is loaded once, when it is first used, and then refuses credentials that stand in the file;
 * each start of a provider's process compares its code. Those that were just given by hand pass: then the plugin is
 * `loaded` already.
 */
export function connectionDefinition(
  context: Pick<CliContext, "env" | "providers">,
  entry: ConnectionEntry,
  by: NamedBy,
  loaded?: Plugin,
): ConnectionDefinition {
  const { provider, maxSession, ...options } = entry;
  const revision = revisionOf(provider, by);
  let named: Promise<HostedPlugin> | undefined;
  return {
    provider: labelOf(provider),
    ...(revision !== undefined && { revision }),
    // Objects read from files have no prototype, which a schema library may not expect.
    options: structuredClone(options),
    ...(maxSession !== undefined && { maxSession }),
    async load() {
      if (loaded !== undefined) return loaded;
      const loading = (named ??= loadNamed(context, provider, by));
      const { plugin } = await loading.catch((error: unknown) => {
        // What is wrong may be mended before the next time.
        if (named === loading) named = undefined;
        throw error;
      });
      (await import("../options/secrets.ts")).refuseSecrets(plugin, options, by.what);
      return plugin;
    },
    async prepareIdentifier(identifier) {
      await (await named)?.prepareIdentifier(identifier);
    },
  };
}

/** What is pinned of a provider's code: with other code it is another connection. */
function revisionOf(provider: ProviderEntry, by: NamedBy): string | undefined {
  const source = thirdPartyOf(provider);
  if (source === undefined) return undefined;
  try {
    return pinOf(by.pins, locateCode(source, by).key)?.sha256;
  } catch {
    // Loading it says what is wrong.
    return undefined;
  }
}
