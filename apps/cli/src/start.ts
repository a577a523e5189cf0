import { isTerminal } from "@vaultlink/agent/client";
import { writeSync } from "node:fs";
import { cli, type Streams } from "./cli.ts";
import { inheritedDescriptors } from "./child/descriptors.ts";
import { endBy } from "./end-by.ts";
import { writeErr, writeOut } from "./output/streams.ts";
import { systemWorld } from "./system.ts";

/** Runs the command in this process, and ends it. */
export async function start(argv: readonly string[]): Promise<never> {
  process.on("uncaughtException", giveUp);
  process.on("unhandledRejection", giveUp);
  // Before the streams and the vaults open descriptors of ours.
  const inherited = inheritedDescriptors();
  const streams: Streams = { out: writeOut, err: writeErr, errorIsTerminal: isTerminal(2) };
  const { code, signal } = await cli(argv, systemWorld({ inherited, command: commandOf(argv) }), streams);
  return signal === undefined ? process.exit(code) : endBy(signal, code);
}

/** The command's name. What is no command's is never written down: nothing is read then. */
const commandOf = (argv: readonly string[]): string => argv.find((part) => !part.startsWith("-")) ?? "ui";

/** The last resort: no message and no stack, since either may hold anything. */
function giveUp(): never {
  try {
    writeSync(2, "vaultlink: Something went wrong inside vaultlink (internal).\n");
  } catch {
    // Nobody reads.
  }
  process.exit(70);
}
