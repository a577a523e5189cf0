import { isSecretError } from "@vaultlink/core";
import { schemeOf } from "@vaultlink/core/internal";
import type { Configuration } from "../config/load.ts";
import type { CliContext } from "../context.ts";
import { vaultOptions } from "./options.ts";
import { policyRefusal } from "./policy-refusal.ts";
import { referenceOf } from "./resolve.ts";

/**
 * The connection of each link, by name, as far as it is known: what a vault's own identifier is for, only its provider can
 * tell, so plugins are loaded for those. Opens nothing.
 */
export async function linkConnections(
  context: CliContext,
  configuration: Configuration,
): Promise<ReadonlyMap<string, string>> {
  const { connections, links, untrusted } = configuration;
  const isKnown = (name: string): boolean =>
    connections.has(name) || untrusted.has(name) || policyRefusal(name, configuration) !== undefined;
  const found = new Map<string, string>();
  const vault = context.createVault(vaultOptions(context, configuration));
  try {
    for (const name of links.keys()) {
      const reference = referenceOf(name, configuration);
      const scheme = reference === null ? undefined : schemeOf(reference);
      if (scheme !== undefined && isKnown(scheme)) found.set(name, scheme);
      else if (reference !== null) {
        const connection = await vault.connectionOf(name, { signal: context.signal }).catch(undefinedIfUnknown);
        if (connection !== undefined) found.set(name, connection);
      }
    }
    return found;
  } finally {
    await vault.close();
  }
}

/** The names of the links that use a connection. */
export const linksOn = (connection: string, used: ReadonlyMap<string, string>): readonly string[] =>
  [...used].flatMap(([link, its]) => (its === connection ? link : []));

function undefinedIfUnknown(thrown: unknown): undefined {
  // Cancelled is not unknown.
  if (!isSecretError(thrown) || thrown.code === "aborted") throw thrown;
}
