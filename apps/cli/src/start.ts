import { cli, type Sinks } from "./cli.ts";
import { endBy } from "./commands/run/signals.ts";
import { systemWorld } from "./system.ts";

/** Runs the command in this process, and ends it. */
export async function start(argv: readonly string[]): Promise<never> {
  process.on("uncaughtException", giveUp);
  process.on("unhandledRejection", giveUp);
  // Whoever reads our output may stop early, as `head` does.
  process.stdout.on("error", () => process.exit(0));
  process.stderr.on("error", () => {});
  const { code, signal } = await cli(argv, systemWorld(), sinks);
  return signal === undefined ? process.exit(code) : endBy(signal, code);
}

const sinks: Sinks = {
  out: (bytes) => written(process.stdout, bytes),
  err: (text) => written(process.stderr, text),
  errorIsTerminal: process.stderr.isTTY,
};

/** Waits until a text is handed over: a pipe would lose the rest when the process ends. */
function written(stream: NodeJS.WriteStream, bytes: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => void stream.write(bytes, () => resolve()));
}

/** The last resort: no message and no stack, since either may hold anything. */
function giveUp(): never {
  process.stderr.write("vaultlink: Something went wrong inside vaultlink (internal).\n");
  process.exit(70);
}
