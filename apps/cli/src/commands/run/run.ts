import { isSecretError, type Vault } from "@vaultlink/core";
import type { Configuration } from "../../config/load.ts";
import { record } from "../../config/merge.ts";
import { CliError, usage } from "../../failure.ts";
import { clean } from "../../output/clean.ts";
import { type Failure, failureLines, NamesFailed } from "../../output/failures.ts";
import type { Ended } from "../../output/outcome.ts";
import { expectKnown, refuseDomains, resolve } from "../../vault/resolve.ts";
import { configure, withVault } from "../../vault/with-vault.ts";
import type { World } from "../../world.ts";
import type { ChildEnd } from "./child.ts";
import { environment, variable } from "./environment.ts";
import { checkName } from "./names.ts";

export interface RunOptions {
  /** The names to give the child; all links otherwise. */
  readonly only?: readonly string[];
  readonly anyDomain?: boolean;
}

/** Runs a command with the values of links in its environment. It starts only once every required name resolved. */
export async function run(world: World, command: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const [file, ...args] = command;
  if (!file) throw usage("There is no command to run.", "vaultlink run -- <command>");
  const configuration = await configure(world);
  const names = choose(world, configuration, options);
  // The vault stays open while the child runs: closing it would end credentials that the vault made for this run.
  return withVault(world, configuration, async (vault) => {
    const values = await collect(names, { world, vault, configuration });
    const env = environment(world.env, values, world.platform);
    const end = await start(world, { file, args, env });
    return { kind: "ended", ...end };
  });
}

/** The names to resolve. Throws for each one that may not become a variable, before any vault is asked. */
function choose(world: World, configuration: Configuration, { only, anyDomain }: RunOptions): readonly string[] {
  const names = only === undefined ? [...configuration.links.keys()] : [...new Set(only)];
  const allowed = configuration.user.content.allowedNames ?? [];
  const failures = names.flatMap((name) =>
    failureOf(name, () => {
      checkName(name, { platform: world.platform, allowed });
      expectKnown(name, configuration);
      if (anyDomain !== true) refuseDomains(name, configuration);
    }),
  );
  if (failures.length > 0) throw new NamesFailed(failures);
  if (names.length === 0) world.notice("No links: the command starts without secrets.");
  return names;
}

async function collect(
  names: readonly string[],
  about: { world: World; vault: Vault; configuration: Configuration },
): Promise<ReadonlyMap<string, string>> {
  const outcomes = await resolve(names, about);
  const values = new Map<string, string>();
  const failures: Failure[] = [];
  for (const [at, outcome] of outcomes.entries()) {
    const name = names[at] ?? "";
    const failed = failureOf(name, () => {
      if (outcome.status === "rejected") throw outcome.reason;
      values.set(name, variable(outcome.value));
    });
    const isRequired = record(about.configuration.links.get(name)?.definition ?? null).required ?? true;
    if (isRequired) failures.push(...failed);
    else for (const line of failureLines(new NamesFailed(failed), (_, text) => text)) about.world.notice(line);
  }
  if (failures.length > 0) throw new NamesFailed(failures);
  return values;
}

/** What checking one name threw, as its failure. */
function failureOf(name: string, check: () => void): readonly Failure[] {
  try {
    check();
    return [];
  } catch (error) {
    if (isSecretError(error)) return [{ name, error }];
    throw error;
  }
}

async function start(world: World, child: Parameters<World["startChild"]>[0]): Promise<ChildEnd> {
  try {
    return await world.startChild(child);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // The system's own error carries the command line, and maybe more.
    if (code === "ENOENT") throw new CliError("command_not_found", `${shown(child.file)} was not found.`);
    throw new CliError("command_not_executable", `${shown(child.file)} cannot be started.`);
  }
}

const shown = (file: string): string => clean(file).slice(0, 100);
