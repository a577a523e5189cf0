import type { AgentAccess } from "@vaultlink/agent";
import type { LinkChange, SecretError, Vault } from "@vaultlink/core";
import { watch } from "@vaultlink/core/internal";
import type { Configuration } from "../../config/load.ts";
import { clean } from "../../output/clean.ts";
import { failureLines } from "../../output/failures.ts";
import { watched as showing } from "../../progress/watched.ts";
import type { VaultAccess } from "../../vault/access.ts";
import { auditedOptions } from "../../vault/audited.ts";
import type { CliContext } from "../../context.ts";
import { nameOf } from "../../vault/resolve.ts";
import { agentValues } from "./agent-values.ts";
import { Changes } from "./changes.ts";
import type { ChildCommand, ChildEnd } from "../../child/child.ts";
import { RunningChild } from "./running-child.ts";
import type { Watching } from "./watching.ts";

/** A command that is ready to start, and the values in its environment. */
export interface Prepared extends Pick<ChildCommand, "file" | "args" | "env"> {
  readonly values: ReadonlyMap<string, string>;
}

export interface WatchedRun {
  /** Names and references that are looked at. */
  readonly names: readonly string[];
  readonly watching: Watching;
  /** Reads the values. Throws for those that do not resolve. */
  readonly prepare: (context: CliContext, vault: VaultAccess) => Promise<Prepared>;
  readonly begin: (prepared: Prepared, started: ChildCommand["started"]) => Promise<ChildEnd>;
}

/**
 * Runs a command and restarts it, or sends it a signal, when a secret of it has a new version. Where commands go through the
 * agent, so does this: nobody signs in again. Resolves with the end of the command that ended by itself, or by our own signal.
 */
export async function runWatched(
  context: CliContext,
  configuration: Configuration,
  { names, watching, prepare, begin }: WatchedRun,
): Promise<ChildEnd> {
  const agent = await context.openAgent?.(configuration, { start: true });
  const vault = agent ?? context.createVault(await auditedOptions(context, configuration));
  const { progress } = context;
  const changes = new Changes(context.clock);
  const ending = new AbortController();
  try {
    let prepared = await prepare(context, progress === undefined ? vault : showing(vault, progress));
    follow(context, configuration, { vault, names, watching, changes, signal: ending.signal });
    for (;;) {
      const child = new RunningChild(context.clock, (started) => begin(prepared, started));
      // Nobody is asked while the command has the terminal.
      const again = (): Promise<Prepared> => prepare({ ...context, prompter: undefined }, vault);
      const next = await supervise(child, { context, changes, watching, before: prepared, again });
      if ("code" in next) return next;
      prepared = next;
    }
  } finally {
    ending.abort();
    await vault.close();
  }
}

interface Following extends Pick<WatchedRun, "names" | "watching"> {
  readonly vault: Vault | AgentAccess;
  readonly changes: Changes;
  readonly signal: AbortSignal;
}

function follow(
  context: CliContext,
  configuration: Configuration,
  { vault, names, watching, changes, signal }: Following,
): void {
  const changed = (): void => changes.add();
  const failed = (name: string, error: SecretError): void =>
    context.notice(`${nameOf(name, configuration) ?? "A reference"}: ${clean(error.message)} The command runs on.`);
  const options = { intervalMs: watching.everyMs };
  const source = "watch" in vault ? undefined : agentValues(vault, context.clock);
  for (const name of names) {
    const tell = ({ error }: LinkChange): void => (error === undefined ? changed() : failed(name, error));
    const followed =
      source === undefined ? (vault as Vault).watch(name, tell, options) : watch(source, name, tell, options);
    signal.addEventListener("abort", () => void followed.close(), { once: true });
  }
}

interface Supervising {
  readonly context: CliContext;
  readonly changes: Changes;
  readonly watching: Watching;
  readonly before: Prepared;
  readonly again: () => Promise<Prepared>;
}

/** Waits for the end of a child, or for what is to run next; the child before has ended then. */
async function supervise(
  child: RunningChild,
  { context, changes, watching, before, again }: Supervising,
): Promise<ChildEnd | Prepared> {
  for (;;) {
    const end = await Promise.race([child.ended, changes.next()]);
    if (end !== undefined) return end;
    if (watching.how !== "restart") {
      context.notice(`A secret has a new version: the command gets ${watching.how}.`);
      child.kill(watching.how);
      continue;
    }
    const next = await again().catch((error: unknown) => {
      for (const line of failureLines(error, (_, text) => text)) context.notice(line.replace(/^vaultlink: /, ""));
      return undefined;
    });
    if (next === undefined || sameValues(before.values, next.values)) continue;
    context.notice("A secret has a new version: the command is restarted.");
    const stopped = await child.stop();
    return stopped.byUs ? next : stopped.end;
  }
}

const sameValues = (one: ReadonlyMap<string, string>, two: ReadonlyMap<string, string>): boolean =>
  one.size === two.size && [...one].every(([name, value]) => two.get(name) === value);
