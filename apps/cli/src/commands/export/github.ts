import { randomUUID } from "node:crypto";
import { SHORTEST } from "../../mask/patterns.ts";
import type { Format } from "./format.ts";

/** For the file `$GITHUB_ENV` of GitHub Actions: a delimiter that no value holds stands around each. */
export const GITHUB: Format = {
  isEnvironment: true,
  entry(name, value) {
    const delimiter = `vaultlink_${randomUUID()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  },
};

/**
 * Workflow commands that have GitHub mask values in the logs of this job, where later steps show their environment. The runner
 * reads them from standard error, too (actions/runner, ScriptHandler.cs), and shows none of them.
 */
export function maskCommands(values: Iterable<string>): string {
  const lines = [...values].flatMap((value) => [value, ...value.split(/\r?\n/)]);
  const masked = lines.filter((line) => line.trim() !== "" && Buffer.byteLength(line) >= SHORTEST);
  return [...new Set(masked)].map((line) => `::add-mask::${escape(line)}\n`).join("");
}

/** What ends a command, and what escapes (actions/toolkit, core/src/command.ts). */
const escape = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
