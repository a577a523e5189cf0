import type { ErrorCode } from "@vaultlink/core";
import { CODE_TEXTS, type CodeText, POLICY } from "@vaultlink/core/internal";
import { type CliCode, EXIT } from "../../failure.ts";
import { message, type Message } from "../../output/result.ts";

const OWN: Readonly<Record<CliCode, CodeText>> = {
  usage: {
    means: "The command line is not one of vaultlink's.",
    helps: "`--help` after the command shows how it is used.",
  },
  output: {
    means: "What the command printed, or a file of yours, could not be written.",
    helps: "Look for a full disk, a folder that is read-only, or a reader that ended.",
  },
  conflict: {
    means: "Another command was changing the same file.",
    helps: "Try again.",
  },
  command_not_executable: {
    means: "What `run` was to start is there and cannot be started.",
    helps: "Make it executable, or name the program that runs it: `vaultlink run -- node app.js`.",
  },
  command_not_found: {
    means: "What `run` was to start is not there.",
    helps: "Check its name, and `PATH`.",
  },
};

const CODES: Readonly<Record<ErrorCode | CliCode, CodeText>> = { ...CODE_TEXTS, ...OWN };
const isCode = (text: string): text is keyof typeof CODES => Object.hasOwn(CODES, text);
const isOwn = (code: ErrorCode | CliCode): code is CliCode => Object.hasOwn(OWN, code);

/** What an error code means; `undefined` for what is none. */
export function explainCode(text: string): Message | undefined {
  if (!isCode(text)) return undefined;
  const { means, helps } = CODES[text];
  const exit = isOwn(text) ? EXIT[text] : POLICY[text].exit;
  const plain = (sentence: string): string => sentence.replaceAll("`", "");
  const body = [`${text}: exit status ${exit}`, `  means  ${plain(means)}`, `  helps  ${plain(helps)}`];
  return message(body, { code: text, exit, means, helps });
}
