import { isTerminal } from "@vaultlink/agent/client";
import { userInfo } from "node:os";
import { createVault, SecretError } from "@vaultlink/core";
import { systemClock } from "@vaultlink/core/internal";
import type { Descriptors } from "./child/descriptors.ts";
import { expectHome } from "./config/paths.ts";
import { usage } from "./failure.ts";
import { listenForInterrupts } from "./interrupts.ts";
import { say, silent } from "./output/streams.ts";
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
  // The standard streams themselves are loaded by whoever uses them.
  const { env, platform } = process;
  const [readsTerminal, outputIsTerminal, errorIsTerminal] = [isTerminal(0), isTerminal(1), isTerminal(2)];
  const interrupts = listenForInterrupts();
  const { signal } = interrupts;
  const isAttended = readsTerminal && errorIsTerminal && !isAutomated(env);
  const clock = systemClock();
  const progress = terminalProgress(clock, env);
  const canDraw = readsTerminal && outputIsTerminal && env["TERM"] !== "dumb" && !isAutomated(env);
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
    startChild: async (child) => {
      const { startChild } = await import("./child/child.ts");
      if (signal.aborted) throw new SecretError("aborted", "Cancelled; nothing was started.");
      return interrupts.leave(() => startChild({ ...child, inherited }));
    },
    prompter: isAttended
      ? terminalPrompter({ input: process.stdin, output: silent(process.stderr), signal })
      : undefined,
    window: canDraw ? { input: process.stdin, output: silent(process.stdout) } : undefined,
    outputIsTerminal,
    errorIsTerminal,
    notice(line) {
      progress?.hide();
      say(`vaultlink: ${line}\n`);
    },
    readInput: () => readAll(process.stdin, signal),
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
