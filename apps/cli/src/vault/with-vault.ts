import { type Configuration, loadConfiguration } from "../config/load.ts";
import { clean } from "../output/clean.ts";
import { watched } from "../progress/watched.ts";
import type { CliContext } from "../context.ts";
import type { VaultAccess } from "./access.ts";
import { auditedOptions } from "./audited.ts";

/** Reads the configuration, and says what of it was left out. */
export async function configure(context: CliContext): Promise<Configuration> {
  const configuration = await loadConfiguration(context);
  for (const line of foreignNotice(configuration)) context.notice(line);
  return configuration;
}

/** Says that a project file was not read, if one was not. */
export function foreignNotice({ foreign }: Pick<Configuration, "foreign">): readonly string[] {
  if (foreign === undefined) return [];
  return [
    `Ignored ${clean(foreign)}: it belongs to another user. To use it all the same, set VAULTLINK_PROJECT to its path.`,
  ];
}

/**
 * Works with the agent's vault, where commands go through an agent, else with one made of the configuration, and closes
 * it. `start: false` uses an agent only where one runs.
 */
export async function withVault<Result>(
  context: CliContext,
  configuration: Configuration,
  work: (vault: VaultAccess) => Promise<Result>,
  { start = true }: { readonly start?: boolean } = {},
): Promise<Result> {
  const vault = await openVault(context, configuration, { start });
  try {
    return await work(vault);
  } finally {
    // What a vault was closed with before counts: whoever prints a credential closes it so that it lives on.
    await vault.close();
  }
}

/** Lends the vault of a command, which is opened with the first thing that is asked of it. */
export type LendVault = <Result>(work: (vault: VaultAccess) => Promise<Result>) => Promise<Result>;

/** Works with one vault for all that a command asks of it, one thing after the other: a person signs in once. */
export async function sharingVault<Result>(
  context: CliContext,
  configuration: Configuration,
  work: (lend: LendVault) => Promise<Result>,
): Promise<Result> {
  let opened: Promise<VaultAccess> | undefined;
  try {
    return await work(async (use) => use(await (opened ??= openVault(context, configuration))));
  } finally {
    // One that could not be opened was told to whoever asked for it.
    await (await opened?.catch(() => undefined))?.close();
  }
}

/** The same vault for a caller that closes it. */
export async function openVault(
  context: CliContext,
  configuration: Configuration,
  { start = true }: { readonly start?: boolean } = {},
): Promise<VaultAccess> {
  const agent = await context.openAgent?.(configuration, { start });
  const vault = agent ?? context.createVault(await auditedOptions(context, configuration));
  const { progress } = context;
  return progress === undefined ? vault : watched(vault, progress);
}
