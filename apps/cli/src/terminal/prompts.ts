import { SecretError } from "@vaultlink/core";
import { clean } from "../output/clean.ts";
import type { TerminalPrompter } from "../context.ts";
import { openPage } from "./open-browser.ts";

/** The streams a person sits at. Questions go to standard error: standard output is for results. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  /** Ends a question that waits. */
  readonly signal: AbortSignal;
}

/** The person at a terminal. The library that asks loads with the first question. */
export function terminalPrompter({ input, output, signal }: Terminal): TerminalPrompter {
  const streams = { input, output, signal };
  return {
    async ask({ label, secret }) {
      const { password, text } = await import("@clack/prompts");
      const message = clean(label);
      return answered<string>(
        // A mark for each character would draw a long token over many lines.
        await (secret ? password({ message, mask: "", ...streams }) : text({ message, ...streams })),
      );
    },
    async edit(label, before) {
      const { text } = await import("@clack/prompts");
      return answered<string>(await text({ message: clean(label), initialValue: clean(before), ...streams }));
    },
    async confirm(label) {
      const { confirm } = await import("@clack/prompts");
      return answered<boolean>(await confirm({ message: clean(label), initialValue: false, ...streams }));
    },
    show(line) {
      output.write(`${clean(line)}\n`);
    },
    async open(url) {
      output.write(`To sign in, open ${clean(url)}\n`);
      await openPage(url);
    },
  };
}

/** The answer; a person who pressed Ctrl-C or Escape ends the command. */
function answered<Answer extends string | boolean>(answer: Answer | symbol | undefined): Answer {
  if (typeof answer === "symbol") throw new SecretError("aborted", "Cancelled; nothing was changed.");
  return (answer ?? "") as Answer;
}
