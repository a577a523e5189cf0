import { isSecretError } from "@vaultlink/core";
import type { Configuration } from "../config/load.ts";
import { usage } from "../failure.ts";
import { loadNamed, namedBy } from "../plugins.ts";
import type { NamedBy } from "../third-party/inspect.ts";
import type { ProviderEntry } from "../third-party/source.ts";
import type { CliContext } from "../context.ts";

/**
 * Throws `usage` for a text without a connection's scheme that is no identifier of any vault either, such as an ARN. Pasted
 * values end here, before a file holds them. The providers of the user's connections are asked first, then all others: a
 * link may come before its connection.
 */
export async function expectIdentifier(context: CliContext, configuration: Configuration, text: string): Promise<void> {
  const names = [...configuration.connections.keys(), ...configuration.untrusted.keys()];
  const near = names.find((name) => text.startsWith(`${name}:`) || text.startsWith(`${name}/`));
  if (near !== undefined) throw usage(`A reference begins with ${near}:// here.`, "vaultlink link --help");
  if (await isIdentifier(context, configuration, text)) return;
  throw usage(
    "This is no reference: write connection://path#field, or an identifier of the vault itself.",
    "vaultlink link --help",
  );
}

/** Whether a text is an identifier of a vault itself, such as an ARN, with or without a field. */
export async function isIdentifier(context: CliContext, configuration: Configuration, text: string): Promise<boolean> {
  const identifier = text.split("#")[0] ?? "";
  const used = [...configuration.connections.values()].map(({ entry, origin }) => ({
    provider: entry.provider,
    origin,
  }));
  const ours = Object.keys(context.providers).map((provider) => ({ provider, origin: "user" as const }));
  const asked = new Set<string>();
  for (const { provider, origin } of [...used, ...ours]) {
    const key = JSON.stringify([provider, origin]);
    if (asked.has(key)) continue;
    asked.add(key);
    if (await isRecognised(context, { provider, by: namedBy(configuration, origin, "It") }, identifier)) return true;
  }
  return false;
}

interface Asked {
  readonly provider: ProviderEntry;
  readonly by: NamedBy;
}

/** A provider that is not installed, not known, or not trusted recognises nothing. */
async function isRecognised(context: CliContext, { provider, by }: Asked, identifier: string): Promise<boolean> {
  try {
    const { plugin, prepareIdentifier } = await loadNamed(context, provider, by);
    await prepareIdentifier(identifier);
    return plugin.parseIdentifier?.(identifier) !== undefined;
  } catch (error) {
    if (isSecretError(error) && (error.code === "invalid_config" || error.code === "unresolved")) return false;
    throw error;
  }
}
