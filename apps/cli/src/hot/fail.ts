import { fromWireError, isTerminal } from "@vaultlink/agent/client";
import { CliError } from "../failure.ts";
import { exitOf, failureLines, NamesFailed } from "../output/failures.ts";
import { stylizer } from "../output/style.ts";
import { writeErr } from "../output/streams.ts";
import type { HotItem } from "./ask-agent.ts";

/** Says what failed for which names, as every command does. Resolves with the exit status. */
export async function failWith(items: readonly HotItem[]): Promise<number> {
  return complain(failed(items));
}

/** Says of names that a program may do without what failed. */
export async function notice(items: readonly HotItem[]): Promise<void> {
  const lines = failureLines(failed(items), (_, text) => text);
  await writeErr(lines.map((line) => `vaultlink: ${line}\n`).join(""));
}

export async function complain(thrown: unknown): Promise<number> {
  const lines = failureLines(thrown, stylizer(process.env, isTerminal(2)));
  await writeErr(lines.map((line) => `${line}\n`).join(""));
  return thrown instanceof CliError ? thrown.exit : exitOf(thrown);
}

/** A reference stands for no name: it is not repeated. */
function failed(items: readonly HotItem[]): NamesFailed {
  return new NamesFailed(
    items.map(({ name, error }) => ({ ...(!/[:/]/.test(name) && { name }), error: fromWireError(error) })),
  );
}
