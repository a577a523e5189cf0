import type { ChildProcess } from "node:child_process";

/** What asks a process to end, or means whatever it likes. SIGUSR1 is among them: left alone, Node would open its inspector. */
const FORWARDED: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"];
/** What a terminal sends to the child itself, when a person types Ctrl-C or Ctrl-\. A second one would mean "at once". */
const FROM_TERMINAL: ReadonlySet<NodeJS.Signals> = new Set(["SIGINT", "SIGQUIT"]);

/** Hands our signals on to a child, and stays alive until it has ended. Returns a function that stops doing so. */
export function forwardSignals(child: Pick<ChildProcess, "kill">): () => void {
  const onTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  const handlers = FORWARDED.filter((signal) => process.platform !== "win32" || signal in WINDOWS).map((signal) => {
    const handler = (): void => {
      if (!onTerminal || !FROM_TERMINAL.has(signal)) child.kill(signal);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}

/** What Node can listen for on Windows. */
const WINDOWS: Readonly<Partial<Record<NodeJS.Signals, true>>> = { SIGINT: true, SIGHUP: true };

/**
 * Ends this process as its child ended, so that a shell sees the same. Not by a signal that would dump our memory, which
 * held secrets, nor by the one that opens Node's inspector: there the status has to do.
 */
export function endBy(signal: NodeJS.Signals, code: number): never {
  if (PASSED_ON.has(signal)) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }
  process.exit(code);
}

const PASSED_ON: ReadonlySet<NodeJS.Signals> = new Set([
  "SIGINT",
  "SIGTERM",
  "SIGHUP",
  "SIGKILL",
  "SIGALRM",
  "SIGUSR2",
]);
