import { CliError } from "./failure.ts";
import { writeErr, writeOut } from "./output/streams.ts";

/** Prints the version, and ends with the status of a failure if it cannot be written. */
export async function printVersion(version: string): Promise<void> {
  try {
    await writeOut(`${version}\n`);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    process.exitCode = error.exit;
    await writeErr(`vaultlink: ${error.message}\n`);
  }
}
