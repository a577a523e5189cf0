import type { Vault } from "@vaultlink/core";
import { type Configuration, loadConfiguration } from "../config/load.ts";
import { clean } from "../output/clean.ts";
import type { CliContext } from "../context.ts";
import { vaultOptions } from "./options.ts";

/** Reads the configuration, and says what of it was left out. */
export async function configure(context: CliContext): Promise<Configuration> {
  const configuration = await loadConfiguration(context);
  const { foreign } = configuration;
  if (foreign !== undefined) {
    context.notice(
      `Ignored ${clean(foreign)}: it belongs to another user. To use it all the same, set VAULTLINK_PROJECT to its path.`,
    );
  }
  return configuration;
}

/** Works with a vault made of the configuration, and closes it. */
export async function withVault<Result>(
  context: CliContext,
  configuration: Configuration,
  work: (vault: Vault) => Promise<Result>,
): Promise<Result> {
  const vault = context.createVault(vaultOptions(context, configuration));
  try {
    return await work(vault);
  } finally {
    // What a vault was closed with before counts: whoever prints a credential closes it so that it lives on.
    await vault.close();
  }
}
