import { setMaxListeners } from "node:events";
import { constants } from "node:os";

/**
 * What asks a process to end, or would end it: by default, by a dump of our memory (SIGQUIT), or by opening Node's inspector
 * to whoever is on this machine (SIGUSR1).
 */
export const ENDING: readonly NodeJS.Signals[] =
  process.platform === "win32"
    ? ["SIGINT", "SIGHUP", "SIGBREAK"]
    : ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"];

/** The signals that ended a command, or that its child is to have. */
export interface Interrupts {
  /** Aborts at the first signal: whoever asks a vault gives up, and the vault is closed. */
  readonly signal: AbortSignal;
  /** The signal that came first, if any. */
  received(): NodeJS.Signals | undefined;
  /** Leaves signals to others while a child runs, which takes them. */
  leave<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Listens no more: somebody else will. */
  stop(): void;
}

/**
 * Has every signal that ends a process end this command in order; a second one ends it at once. Both leave through
 * `process.exit`: for the first process of a container the kernel drops signals that nobody handles.
 */
export function listenForInterrupts(): Interrupts {
  const giveUp = new AbortController();
  // Each read listens to it; there may be as many as there are links.
  setMaxListeners(0, giveUp.signal);
  let first: NodeJS.Signals | undefined;
  let left = 0;
  const heard = (signal: NodeJS.Signals): void => {
    if (left > 0) return;
    if (first !== undefined) process.exit(statusOf(signal));
    first = signal;
    giveUp.abort();
  };
  for (const signal of ENDING) process.on(signal, heard);
  return {
    signal: giveUp.signal,
    received: () => first,
    async leave(work) {
      left++;
      try {
        return await work();
      } finally {
        left--;
      }
    },
    stop() {
      for (const signal of ENDING) process.off(signal, heard);
    },
  };
}

/** The status of a process that a signal ended, as shells report it. */
export const statusOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];
