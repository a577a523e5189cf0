import { locationOf, usualLocation } from "@vaultlink/core/internal";
import type { WhereFact, VaultLocation } from "@vaultlink/core/provider";
import type { Configuration } from "../config/load.ts";
import type { CliContext } from "../context.ts";
import { thirdPartyOf } from "../third-party/source.ts";
import { namedDefinition } from "./options.ts";

/** Which vault a connection reaches, as far as its provider says without opening anything. Never a credential. */
export async function whereIs(
  context: Pick<CliContext, "clock" | "env" | "providers" | "signal">,
  configuration: Configuration,
  name: string,
): Promise<VaultLocation> {
  const counted = configuration.connections.get(name);
  const entry = counted?.entry ?? configuration.untrusted.get(name);
  if (entry === undefined) return { facts: [] };
  // The code of others runs for connections that count, and for no others.
  if (counted === undefined && thirdPartyOf(entry.provider) !== undefined) return usualLocation(entry);
  const definition = namedDefinition(context, configuration, name, counted ?? { entry, origin: "project" });
  return locationOf(name, definition, context);
}

/** The same in a few words. */
export const shortly = (facts: readonly WhereFact[]): string =>
  facts.map(({ what, value }) => (what === "address" ? value : `${what} ${value}`)).join(", ");
