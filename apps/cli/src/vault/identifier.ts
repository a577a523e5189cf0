import { isSecretError } from "@vaultlink/core";
import type { Configuration } from "../config/load.ts";
import { usage } from "../failure.ts";
import { loadPlugin } from "../providers.ts";
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
  const used = [...configuration.connections.values()].map(({ entry }) => entry.provider);
  for (const provider of new Set([...used, ...Object.keys(context.providers)])) {
    if (await isRecognised(context, provider, identifier)) return true;
  }
  return false;
}

/** A provider that is not installed, or not known, recognises nothing. */
async function isRecognised(context: CliContext, provider: string, identifier: string): Promise<boolean> {
  try {
    return (await loadPlugin(context.providers, provider)).parseIdentifier?.(identifier) !== undefined;
  } catch (error) {
    if (isSecretError(error) && error.code === "invalid_config") return false;
    throw error;
  }
}
