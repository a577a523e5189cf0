import { isSecretError } from "@vaultlink/core";
import { CliError } from "../failure.ts";
import { clean } from "../output/clean.ts";
import type { TerminalPrompter } from "../context.ts";

/** How often a person is asked the same before a wrong answer ends the command. */
const TRIES = 3;

/**
 * Works with what a person answers, and has them answer again, up to three times, where it turns out to be wrong: `isWrong`
 * tells such a failure from one that no answer mends, and `isHelped` one where the hint may help rather than an answer. Throws
 * what the last try threw.
 */
export async function askAgain<Result>(
  prompter: TerminalPrompter | undefined,
  work: () => Promise<Result>,
  isWrong: (thrown: unknown) => boolean,
  isHelped: (thrown: unknown) => boolean = isUnavailable,
): Promise<Result> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await work();
    } catch (thrown) {
      if (prompter === undefined || left === 0 || !isWrong(thrown)) throw thrown;
      prompter.show(`${messageOf(thrown)} Try again.`);
      // Another answer may not be what helps: a variable is set before the command starts.
      const hint = isSecretError(thrown) && isHelped(thrown) ? thrown.details.hint : undefined;
      if (hint !== undefined) prompter.show(`Or end this with Ctrl-C, then: ${clean(hint)}`);
    }
  }
}

/** Whether the vault could not be asked. */
export const isUnavailable = (thrown: unknown): boolean => isSecretError(thrown) && thrown.code === "unavailable";

/** Whether a failure is about how something was written. */
export const isMistyped = (thrown: unknown): boolean =>
  (thrown instanceof CliError && thrown.code === "usage") ||
  (isSecretError(thrown) && ["invalid_reference", "invalid_config", "unresolved"].includes(thrown.code));

/** Only failures of ours are judged wrong answers, and their sentences quote nothing. */
const messageOf = (thrown: unknown): string =>
  isSecretError(thrown) || thrown instanceof CliError ? clean(thrown.message) : "";
