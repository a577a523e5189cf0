import type { ErrorCode } from "@vaultlink/core";
import { CODE_TEXTS, type CodeText, POLICY } from "@vaultlink/core/internal";
import { type CliCode, EXIT } from "../../failure.ts";
import { message, type Message } from "../../output/result.ts";
import { STATES } from "./states.ts";

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
const isState = (text: string): text is keyof typeof STATES => Object.hasOwn(STATES, text);
const isOwn = (code: ErrorCode | CliCode): code is CliCode => Object.hasOwn(OWN, code);

const exitOf = (code: ErrorCode | CliCode): number => (isOwn(code) ? EXIT[code] : POLICY[code].exit);
const plain = (sentence: string): string => sentence.replaceAll("`", "");
const linesOf = (head: string, { means, helps }: CodeText): readonly string[] => [
  ...[head, `  means  ${plain(means)}`, `  helps  ${plain(helps)}`],
];

/** What an error code, a state or an exit status means; `undefined` for what is none. */
export function explainCode(text: string): Message | undefined {
  if (isCode(text)) {
    const exit = exitOf(text);
    return message(linesOf(`${text}: exit status ${exit}`, CODES[text]), { code: text, exit, ...CODES[text] });
  }
  if (isState(text)) return message(linesOf(`${text}: a state`, STATES[text]), { state: text, ...STATES[text] });
  const codes = Object.keys(CODES).filter(
    (code) => isCode(code) && String(exitOf(code)) === text,
  ) as (keyof typeof CODES)[];
  if (codes.length === 0) return undefined;
  const body = codes.flatMap((code) => linesOf(`${text}: ${code}`, CODES[code]));
  return message(body, { exit: Number(text), codes: codes.map((code) => ({ code, ...CODES[code] })) });
}
