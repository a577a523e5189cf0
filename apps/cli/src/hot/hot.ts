import { REPLACEMENT } from "../folders.ts";
import { listenForInterrupts, statusOf } from "../interrupts.ts";
import { askAgent } from "./ask-agent.ts";
import { understandHot } from "./command-line.ts";

/**
 * The short way of `get` and `run`: where an agent runs and everything goes well, neither the argument library nor
 * configuration nor a provider is loaded. Resolves where the long way has to be taken; else it ends the process.
 */
export async function takeShortWay(argv: readonly string[]): Promise<void> {
  const command = argv.some((part) => part.includes(REPLACEMENT)) ? undefined : understandHot(argv);
  if (command === undefined) return;
  // Before a socket of ours is open.
  const inherited = command.kind === "run" ? (await import("../child/descriptors.ts")).inheritedDescriptors() : [];
  const interrupts = listenForInterrupts();
  const items = await askAgent(command, interrupts.signal);
  const signal = interrupts.received();
  if (signal !== undefined) process.exit(statusOf(signal));
  const [first] = items ?? [];
  if (items === undefined || first === undefined) return interrupts.stop();
  if (command.kind === "get") {
    const code = await (await import("./get.ts")).printValue(command, first);
    if (code !== undefined) process.exit(code);
  } else {
    const end = await (await import("./run.ts")).runProgram(command, items, { inherited, interrupts });
    if (end?.signal !== undefined) (await import("../end-by.ts")).endBy(end.signal, end.code);
    if (end !== undefined) process.exit(end.code);
  }
  interrupts.stop();
}
