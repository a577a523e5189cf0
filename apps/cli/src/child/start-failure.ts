import { type Env, SecretError } from "@vaultlink/core";
import { CliError } from "../failure.ts";
import { type Failure, NamesFailed } from "../output/failures.ts";
import { mayRepeat } from "../output/may-repeat.ts";

/** What was to be started. */
export interface Attempt {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Env;
  /** Values of links in the environment. */
  readonly values: ReadonlyMap<string, string>;
}

/** Linux: MAX_ARG_STRLEN, 32 pages of 4 KiB, of an argument or variable with its final NUL (execve(2)). */
const LONGEST_BYTES = 131_072;
/** Windows: characters of a variable with its final NUL (SetEnvironmentVariable). */
const LONGEST_CHARACTERS = 32_767;

/** Why a child did not start, in words: the system's own error carries the command line. Of that only the program is named. */
export function explainStart(thrown: unknown, attempt: Attempt): Error {
  // Then it did start, and its output could not be handed on.
  if (thrown instanceof CliError) return thrown;
  const { code } = thrown as NodeJS.ErrnoException;
  if (code === "ENOENT") return notFound(attempt.file);
  if (code === "E2BIG" || code === "ENAMETOOLONG") return tooLarge(attempt);
  return new CliError("command_not_executable", `${shownProgram(attempt.file) ?? "The command"} cannot be started.`);
}

function notFound(file: string): CliError {
  // As a shell takes it, `NAME=value command`: the value may be a secret.
  const isAssignment = /^[A-Za-z_]\w*=/.test(file);
  return new CliError(
    "command_not_found",
    `There is no command${isAssignment ? ": what stands first sets a variable" : ` ${shownProgram(file) ?? "of this name"}`}.`,
    isAssignment ? "vaultlink run -- env NAME=value <command>" : undefined,
  );
}

/** A program as it may be named: a path of words that a message may repeat. */
const shownProgram = (file: string): string | undefined =>
  file.split(/[\\/]/).every((part) => /^\.{0,2}$/.test(part) || mayRepeat(part)) ? file : undefined;

function tooLarge({ args, env, values }: Attempt): Error {
  const failures: readonly Failure[] = [...values].filter(([name, value]) => isTooLong(`${name}=${value}`)).map(blame);
  if (failures.length > 0) return new NamesFailed(failures);
  if (args.some(isTooLong)) return refuse("An argument is longer than the system hands on: 128 KiB.");
  const variable = Object.entries(env).find(([name, value]) => isTooLong(`${name}=${value}`));
  if (variable !== undefined) return refuse(`${variable[0]} is longer than the system hands on: 128 KiB.`);
  const [largest] = [...values].toSorted(([, a], [, b]) => b.length - a.length);
  const which = largest === undefined ? "" : ` The largest value is that of ${largest[0]}.`;
  return refuse(`Arguments and environment together are larger than the system hands on.${which}`);
}

function blame([name]: readonly [string, string]): Failure {
  const message = "The value is longer than an environment variable may be: 128 KiB, on Windows 32,767 characters.";
  const error = new SecretError("unusable", message, {
    reason: "too-long",
    hint: `vaultlink get ${name}, for a command that reads it from its standard input`,
  });
  return { name, error };
}

const refuse = (message: string): CliError => new CliError("command_not_executable", message);

const isTooLong = (text: string): boolean =>
  process.platform === "win32" ? text.length >= LONGEST_CHARACTERS : Buffer.byteLength(text) >= LONGEST_BYTES;
