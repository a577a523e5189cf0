import { homedir } from "node:os";
import { createVault } from "@vaultlink/core";
import { startChild } from "./commands/run/child.ts";
import { personAt } from "./person/terminal.ts";
import { PROVIDERS } from "./providers.ts";
import type { World } from "./world.ts";

/** The real world: this process, its terminal, the providers there are. */
export function systemWorld(): World {
  const { env, platform, stdin, stdout, stderr } = process;
  const giveUp = new AbortController();
  // The second Ctrl-C ends the process at once.
  process.once("SIGINT", () => giveUp.abort());
  const isAttended = stdin.isTTY && stderr.isTTY && !isAutomated(env);
  return {
    ...{ env, platform, createVault, startChild },
    home: env["HOME"] || homedir(),
    cwd: process.cwd(),
    uid: process.getuid?.(),
    providers: PROVIDERS,
    signal: giveUp.signal,
    person: isAttended ? personAt({ input: stdin, output: stderr }) : undefined,
    outputIsTerminal: stdout.isTTY,
    notice: (line) => void stderr.write(`vaultlink: ${line}\n`),
    async readInput() {
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
  };
}

/** Whether a machine runs this: then nobody is asked, even where it has a terminal. */
const isAutomated = ({ CI: ci }: NodeJS.ProcessEnv): boolean =>
  ci !== undefined && ci !== "" && ci !== "0" && ci !== "false";
