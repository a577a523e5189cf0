import { isSecretError, SecretError, type Vault } from "@vaultlink/core";
import { closestMatch } from "@vaultlink/core/internal";
import type { Configuration } from "../../config/load.ts";
import { record } from "../../config/merge.ts";
import { changedVariables } from "../../arguments.ts";
import { usage } from "../../failure.ts";
import { clean } from "../../output/clean.ts";
import { type Failure, failureLines, NamesFailed } from "../../output/failures.ts";
import type { Ended } from "../../output/result.ts";
import { nameOf, refuseDomains, resolve } from "../../vault/resolve.ts";
import { configure, withVault } from "../../vault/with-vault.ts";
import type { CliContext } from "../../context.ts";
import { environment, variable } from "./environment.ts";
import { checkName } from "./names.ts";
import { explainStart } from "./start-failure.ts";

export interface RunOptions {
  /** The names to give the child; all links otherwise. */
  readonly only?: readonly string[];
  readonly anyDomain?: boolean;
}

/** Runs a command with the values of links in its environment. It starts only once every required name resolved. */
export async function run(context: CliContext, command: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const [file, ...args] = command;
  if (!file) throw usage("There is no command to run.", "vaultlink run -- <command>");
  const configuration = await configure(context);
  const names = choose(context, configuration, options);
  // The vault stays open while the child runs: closing it would end credentials that the vault made for this run.
  return withVault(context, configuration, async (vault) => {
    const values = await collect(names, { context, vault, configuration });
    if (context.signal.aborted) throw new SecretError("aborted", "Cancelled; nothing was started.");
    const env = environment(context.env, values, context.platform);
    tellChanged(context, values);
    const end = await context.startChild({ file, args, env }).catch((error: unknown) => {
      throw explainStart(error, { args, env, values });
    });
    return { kind: "child-ended", ...end };
  });
}

/** The names to resolve. Throws for each one that may not become a variable, before any vault is asked. */
function choose(context: CliContext, configuration: Configuration, { only, anyDomain }: RunOptions): readonly string[] {
  // What a script's unset variable leaves of a list must not start a command without its secrets.
  if (only?.some((name) => name === "") === true || only?.length === 0) {
    throw usage("--only has an empty name; give names separated by commas.", "vaultlink run --help");
  }
  const names = only === undefined ? [...configuration.links.keys()] : [...new Set(only)];
  const allowed = configuration.user.content.allowedNames ?? [];
  const failures = names.flatMap((name, at) =>
    failureOf(nameOf(name, configuration), () => {
      expectLink(name, at, configuration);
      checkName(name, { platform: context.platform, allowed });
      if (anyDomain !== true) refuseDomains(name, configuration);
    }),
  );
  if (failures.length > 0) throw new NamesFailed(failures);
  if (names.length === 0) context.notice("No links: the command starts without secrets.");
  return names;
}

/** Throws `unresolved` for what is no link's name; it says which of `--only` it is rather than repeating it. */
function expectLink(name: string, at: number, { links }: Configuration): void {
  if (links.has(name)) return;
  const near = closestMatch(name, links.keys());
  const suggestion = near === undefined ? "." : `; did you mean ${near}?`;
  throw new SecretError("unresolved", `Name ${at + 1} of --only is no link's${suggestion}`, {
    reason: "unlinked",
    hint: "vaultlink list",
  });
}

/** Variables reach a child as text; one of ours that is none reaches it changed, which nobody should have to find out. */
function tellChanged(context: CliContext, values: ReadonlyMap<string, string>): void {
  const changed = changedVariables(context.env).filter((name) => !values.has(name));
  if (changed.length === 0) return;
  context.notice(`Not UTF-8 text, so the command gets it changed: ${changed.map((name) => clean(name)).join(", ")}.`);
}

async function collect(
  names: readonly string[],
  about: { context: CliContext; vault: Vault; configuration: Configuration },
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
    else for (const line of failureLines(new NamesFailed(failed), (_, text) => text)) about.context.notice(line);
  }
  if (failures.length > 0) throw new NamesFailed(failures);
  return values;
}

/** What checking one name threw, as its failure. */
function failureOf(name: string | undefined, check: () => void): readonly Failure[] {
  try {
    check();
    return [];
  } catch (error) {
    if (isSecretError(error)) return [{ ...(name !== undefined && { name }), error }];
    throw error;
  }
}
