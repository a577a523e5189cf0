import { userInfo } from "node:os";
import { createVault, SecretError } from "@vaultlink/core";
import { systemClock } from "@vaultlink/core/internal";
import { startChild } from "./commands/run/child.ts";
import type { Descriptors } from "./commands/run/descriptors.ts";
import { expectHome } from "./config/paths.ts";
import { usage } from "./failure.ts";
import { listenForInterrupts } from "./interrupts.ts";
import { terminalPrompter } from "./terminal/prompts.ts";
import { terminalProgress } from "./progress/terminal.ts";
import { PROVIDERS } from "./providers.ts";
import { workingDirectory } from "./working-directory.ts";
import type { CliContext } from "./context.ts";

/** The real world: this process, its terminal, the providers there are. What can fail is looked at when it is needed. */
export function systemWorld({
  inherited,
  command,
}: {
  readonly inherited: Descriptors;
  readonly command?: string;
}): CliContext {
  const { env, platform, stdin, stdout, stderr } = process;
  const interrupts = listenForInterrupts();
  const { signal } = interrupts;
  const isAttended = stdin.isTTY && stderr.isTTY && !isAutomated(env);
  const clock = systemClock();
  const progress = terminalProgress(clock, env);
  const canDraw = stdin.isTTY && stdout.isTTY && env["TERM"] !== "dumb" && !isAutomated(env);
  const context: CliContext = {
    ...{ env, platform, command, createVault, signal },
    openAgent: async (configuration, options) =>
      (await import("./agent/open.ts")).openAgent(context, configuration, options),
    get home() {
      return expectHome(env, platform, () => userInfo().homedir);
    },
    get cwd() {
      return workingDirectory();
    },
    uid: process.getuid?.(),
    providers: PROVIDERS,
    interrupted: () => interrupts.received(),
    startChild: (child) => interrupts.leave(() => startChild({ ...child, inherited })),
    prompter: isAttended ? terminalPrompter({ input: stdin, output: stderr, signal }) : undefined,
    window: canDraw ? { input: stdin, output: stdout } : undefined,
    outputIsTerminal: stdout.isTTY,
    errorIsTerminal: stderr.isTTY,
    notice(line) {
      progress?.hide();
      stderr.write(`vaultlink: ${line}\n`);
    },
    readInput: () => readAll(stdin, signal),
    ...{ clock, progress },
  };
  return context;
}

/** Everything a stream holds. Throws `usage` for what cannot be read, and `aborted` when the signal says so. */
async function readAll(stream: NodeJS.ReadStream, signal: AbortSignal): Promise<Uint8Array> {
  const cancelled = (): SecretError => new SecretError("aborted", "Cancelled; nothing was changed.");
  if (signal.aborted) throw cancelled();
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(cancelled()), { once: true });
    stream.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    stream.once("end", () => resolve(Buffer.concat(chunks)));
    stream.once("error", () => reject(usage("Standard input cannot be read.")));
  });
}

/** Whether a machine runs this: then nobody is asked, even where it has a terminal. */
const isAutomated = ({ CI: ci }: NodeJS.ProcessEnv): boolean =>
  ci !== undefined && ci !== "" && ci !== "0" && ci !== "false";
