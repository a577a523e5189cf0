import { isSecretError, type SecretError } from "@vaultlink/core";
import { schemeOf } from "@vaultlink/core/internal";
import type { Configuration } from "../../config/load.ts";
import { originOf } from "../../config/origin-file.ts";
import { placeIn, shownPlace } from "../../config/place.ts";
import { vaultOptions } from "../../vault/options.ts";
import { referenceOf } from "../../vault/resolve.ts";
import { explainTrust } from "../../vault/trust.ts";
import type { CliContext } from "../../context.ts";

/** Which connection a name leads to, and why. */
export interface FoundConnection {
  readonly connection?: string;
  /** Why it leads nowhere. */
  readonly error?: SecretError;
  /** In sentences. */
  readonly rules: readonly string[];
}

/** Where a name or a reference leads. Loads plugins where only they can tell; opens nothing. */
export async function findConnection(
  context: CliContext,
  configuration: Configuration,
  given: string,
): Promise<FoundConnection> {
  const reference = referenceOf(given, configuration);
  if (reference === null) return { rules: [] };
  // Never opened, so there is nothing to close.
  const vault = context.createVault(vaultOptions(context, configuration));
  try {
    const connection = await vault.connectionOf(given, { signal: context.signal });
    const isNamed = schemeOf(reference) === connection;
    const rule = isNamed
      ? `The reference names the connection ${connection}.`
      : `Of your connections, ${connection} is the one that recognises this identifier.`;
    return { connection, rules: [rule, ...definedIn(connection, configuration)] };
  } catch (error) {
    const explained = explainTrust(error, reference, configuration);
    if (!isSecretError(explained)) throw explained;
    return { error: explained, rules: [] };
  }
}

/** Which file defines a connection, and what of another file that hides. */
function definedIn(name: string, configuration: Configuration): readonly string[] {
  const { connections, ignored } = configuration;
  const file = originOf(connections.get(name)?.origin, configuration);
  return [
    `${name} is defined in ${shownPlace(placeIn(file, ["connections", name]))}.`,
    ...(ignored.includes(name) ? [`The project's connection ${name} is ignored: you have your own of that name.`] : []),
  ];
}
