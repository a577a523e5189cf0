import { compileMask } from "../mask/compile.ts";
import { clean } from "../output/clean.ts";
import type { CliContext } from "../context.ts";
import type { MaskWhen } from "./mask-when.ts";
import type { OutputMask } from "./masked-output.ts";

/** How a child's output is masked. */
export interface Masking {
  readonly when: MaskWhen;
  readonly hex: boolean;
}

/** The mask of a child's output, if any of it is masked. Says which values are too short for it. */
export function maskOutput(
  context: Pick<CliContext, "outputIsTerminal" | "errorIsTerminal" | "notice">,
  values: ReadonlyMap<string, string>,
  { when, hex }: Masking,
): OutputMask | undefined {
  const applies = (isTerminal: boolean): boolean => when === "always" || (when === "auto" && !isTerminal);
  const streams = { stdout: applies(context.outputIsTerminal), stderr: applies(context.errorIsTerminal) };
  if (!streams.stdout && !streams.stderr) return undefined;
  const { automaton, tooShort } = compileMask(values, { hex });
  if (tooShort.length > 0) {
    const names = tooShort.map((name) => clean(name)).join(", ");
    context.notice(`Shorter than 4 bytes, so not masked in what the command prints: ${names}.`);
  }
  return automaton && { automaton, ...streams };
}
