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
