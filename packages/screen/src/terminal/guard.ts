import { writeSync } from "node:fs";
import { RESTORE } from "./sequences.ts";

/** A terminal that is taken over, as far as it is given back. */
export interface GuardedTerminal {
  /** Ends what draws on it: it would draw once more when the process ends. */
  readonly stop: () => void;
  /** What to restore besides, at the moment it is asked. */
  readonly besides: () => string;
  readonly output: NodeJS.WriteStream & { readonly fd: number };
  readonly input: { setRawMode?(mode: boolean): unknown };
}

/**
 * Gives the terminal back however the process ends, a crash included: before whoever tells of the crash does so. Returns what
 * ends the guard, once everything was given back in order.
 */
export function guardTerminal({ stop, besides, output, input }: GuardedTerminal): () => void {
  let isDone = false;
  const restore = (): void => {
    if (isDone) return;
    isDone = true;
    try {
      stop();
    } catch {
      // What broke it broke that, too.
    }
    try {
      input.setRawMode?.(false);
      writeSync(output.fd, besides() + RESTORE);
    } catch {
      // The terminal is gone.
    }
  };
  process.on("exit", restore);
  process.on("uncaughtExceptionMonitor", restore);
  // A listener of ours alone would keep Node from ending the process.
  const hasListener = process.listenerCount("unhandledRejection") > 0;
  if (hasListener) process.prependListener("unhandledRejection", restore);
  return () => {
    isDone = true;
    process.off("exit", restore);
    process.off("uncaughtExceptionMonitor", restore);
    process.off("unhandledRejection", restore);
  };
}
