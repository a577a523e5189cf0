import type { ConnectionDefinition, LinkDefinition, VaultOptions } from "@vaultlink/core";
import type { ConnectionEntry } from "../config/content.ts";
import type { Configuration } from "../config/load.ts";
import { clean } from "../output/clean.ts";
import { refuseSecrets } from "../options/secrets.ts";
import { loadPlugin, type Named } from "../providers.ts";
import type { CliContext } from "../context.ts";

/** What `createVault` needs, out of the configuration files. Nothing is loaded yet. */
export function vaultOptions(
  context: Pick<CliContext, "env" | "providers">,
  configuration: Configuration,
): VaultOptions {
  const { user, project, connections, links } = configuration;
  const disconnected = new Set(user.content.disconnected);
  const definitions = Object.create(null) as Record<string, ConnectionDefinition>;
  for (const [name, { entry, origin }] of connections) {
    const file = clean(origin === "user" ? user.file : (project?.file ?? ""));
    const definition = connectionDefinition(context, entry, { what: `Connection ${name} in ${file}`, file });
    definitions[name] = { ...definition, disconnected: disconnected.has(name) };
  }
  const bound = Object.create(null) as Record<string, LinkDefinition>;
  for (const [name, { definition }] of links) bound[name] = definition;
  return { connections: definitions, links: bound, env: context.env, cache: { ...user.content.cache } };
}

/**
 * One connection. Its plugin is loaded when it is first used, and then refuses credentials that stand in the file; those
 * that were just given by hand (`"given"`) pass.
 */
export function connectionDefinition(
  context: Pick<CliContext, "providers">,
  entry: ConnectionEntry,
  by: Named,
  secrets: "refused" | "given" = "refused",
): ConnectionDefinition {
  const { provider, maxSession, ...options } = entry;
  return {
    provider,
    // Objects read from files have no prototype, which a schema library may not expect.
    options: structuredClone(options),
    ...(maxSession !== undefined && { maxSession }),
    async load() {
      const plugin = await loadPlugin(context.providers, provider, by);
      if (secrets === "refused") refuseSecrets(plugin, options, by.what);
      return plugin;
    },
  };
}
