import { isTerminal } from "@vaultlink/agent/client";
import type { Clock, Env } from "@vaultlink/core";
import { silent } from "../output/streams.ts";
import { Progress } from "./progress.ts";

/** Progress on standard error, where that is a terminal which can take a line back. */
export function terminalProgress(clock: Clock, env: Env): Progress | undefined {
  if (!isTerminal(2) || env["TERM"] === "dumb") return undefined;
  const stderr = silent(process.stderr);
  return new Progress(clock, { write: (text) => void stderr.write(text), columns: () => stderr.columns || 80 });
}
