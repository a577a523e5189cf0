import { isSecretError } from "@vaultlink/core";
import type { Problem } from "@vaultlink/screen";
import { failureLines, failuresOf } from "../output/failures.ts";

/** What failed, as the window says it: the first of several failures, since there is one line. */
export function problemOf(thrown: unknown): Problem {
  const [first] = failuresOf(thrown) ?? [];
  if (first === undefined)
    return { message: (failureLines(thrown, (_, text) => text)[0] ?? "").replace(/^vaultlink: /, "") };
  const { error, name } = first;
  const isNamed = name === undefined || error.message.startsWith(`${name}: `);
  const hint = isSecretError(error) ? error.details.hint : error.hint;
  return { message: isNamed ? error.message : `${name}: ${error.message}`, ...(hint !== undefined && { hint }) };
}
