/** Failures that only a command can have: how it was typed, two commands changing one file, a full disk, a child that cannot start. */
export type CliCode = "usage" | "output" | "conflict" | "command_not_found" | "command_not_executable";

/** Exit statuses: EX_USAGE, EX_IOERR and EX_TEMPFAIL of sysexits; for `run` what `env` and the shells say (POSIX). */
export const EXIT: Readonly<Record<CliCode, number>> = {
  usage: 64,
  output: 74,
  conflict: 75,
  command_not_executable: 126,
  command_not_found: 127,
};

/** A failure of the command itself, before or beside any vault. Its message is a fixed sentence that quotes no value. */
export class CliError extends Error {
  readonly code: CliCode;
  readonly exit: number;
  /** The command that mends it. */
  readonly hint: string | undefined;

  constructor(code: CliCode, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.exit = EXIT[code];
    this.hint = hint;
  }
}

export const usage = (message: string, hint?: string): CliError => new CliError("usage", message, hint);
