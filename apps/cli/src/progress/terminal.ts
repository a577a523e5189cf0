import type { Clock, Env } from "@vaultlink/core";
import { Progress } from "./progress.ts";

/** Progress on standard error, where that is a terminal which can take a line back. */
export function terminalProgress(clock: Clock, env: Env): Progress | undefined {
  const { stderr } = process;
  if (!stderr.isTTY || env["TERM"] === "dumb") return undefined;
  return new Progress(clock, { write: (text) => void stderr.write(text), columns: () => stderr.columns || 80 });
}
