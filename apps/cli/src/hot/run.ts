import { isTerminal } from "@vaultlink/agent/client";
import { changedVariables } from "../arguments.ts";
import { type ChildEnd, startChild } from "../child/child.ts";
import type { Descriptors } from "../child/descriptors.ts";
import { environment, variable } from "../env/environment.ts";
import { writeErr } from "../output/streams.ts";
import type { OutputMask } from "../child/masked-output.ts";
import type { Interrupts } from "../interrupts.ts";
import type { HotItem } from "./ask-agent.ts";
import type { HotCommand } from "./command-line.ts";
import { isFinal, plainValue } from "./value.ts";

export interface RunContext {
  readonly inherited: Descriptors;
  readonly interrupts: Interrupts;
}

/** Runs a program with the values, or says why it does not start. Resolves with its end, or `undefined` for the long way. */
export async function runProgram(
  { command }: HotCommand & { readonly kind: "run" },
  items: readonly HotItem[],
  { inherited, interrupts }: RunContext,
): Promise<ChildEnd | undefined> {
  const values = valuesOf(items);
  if (values === undefined || changedVariables(process.env).some((name) => !values.has(name))) return undefined;
  const missing = items.filter(isFinal);
  const required = missing.filter((item) => item.required);
  if (required.length > 0) return { code: await (await import("./fail.ts")).failWith(required) };
  if (missing.length > 0) await (await import("./fail.ts")).notice(missing);
  const [file, ...args] = command;
  const env = environment(process.env, values, process.platform);
  const mask = await maskOf(values);
  try {
    return await interrupts.leave(() => startChild({ file, args, env, inherited, ...(mask && { mask }) }));
  } catch (error) {
    const [{ complain }, { explainStart }] = await Promise.all([
      import("./fail.ts"),
      import("../child/start-failure.ts"),
    ]);
    return { code: await complain(explainStart(error, { file, args, env, values })) };
  }
}

/** As `run` masks without being told otherwise: what is no terminal. Loaded only where something is masked. */
async function maskOf(values: ReadonlyMap<string, string>): Promise<OutputMask | undefined> {
  const streams = { outputIsTerminal: isTerminal(1), errorIsTerminal: isTerminal(2) };
  if (streams.outputIsTerminal && streams.errorIsTerminal) return undefined;
  const { maskOutput } = await import("../child/mask-output.ts");
  const lines: string[] = [];
  const context = { ...streams, notice: (line: string): void => void lines.push(`vaultlink: ${line}\n`) };
  const mask = maskOutput(context, values, { when: "auto", hex: false });
  await writeErr(lines.join(""));
  return mask;
}

/** The values, or `undefined` where one has something to tell. */
function valuesOf(items: readonly HotItem[]): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>();
  if (items.length === 0) return undefined;
  for (const item of items) {
    const value = plainValue(item);
    if (value === undefined && isFinal(item)) continue;
    if (value === undefined) return undefined;
    try {
      values.set(item.name, variable(value));
    } catch {
      return undefined;
    }
  }
  return values;
}
