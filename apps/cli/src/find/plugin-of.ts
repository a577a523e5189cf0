import type { Plugin } from "@vaultlink/core";
import type { Configuration } from "../config/load.ts";
import type { CliContext } from "../context.ts";
import { usage } from "../failure.ts";
import { namedDefinition } from "../vault/options.ts";
import { called } from "../vault/resolve.ts";

/** The plugin behind a connection, one of ours or somebody else's. Throws `invalid_config` for one that cannot be loaded. */
export async function pluginOf(context: CliContext, configuration: Configuration, connection: string): Promise<Plugin> {
  const found = configuration.connections.get(connection);
  if (found === undefined) throw usage(`No connection ${called(connection)}.`, "vaultlink status");
  return namedDefinition(context, configuration, connection, found).load();
}
