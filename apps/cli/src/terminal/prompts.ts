import { SecretError } from "@vaultlink/core";
import { clean } from "../output/clean.ts";
import type { Choice, TerminalPrompter } from "../context.ts";

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
      return answered(
        // A mark for each character would draw a long token over many lines.
        await (secret ? password({ message, mask: "", ...streams }) : text({ message, ...streams })),
      );
    },
    async edit(label, before) {
      const { text } = await import("@clack/prompts");
      return answered(await text({ message: clean(label), initialValue: clean(before), ...streams }));
    },
    async choose(label, choices) {
      const { select } = await import("@clack/prompts");
      return answered(await select({ message: clean(label), options: optionsOf(choices), ...streams })).value;
    },
    async pick(label, choices, { typing, first = 0 } = {}) {
      const { autocomplete } = await import("@clack/prompts");
      const offered = optionsOf(choices);
      const options = { message: clean(label), options: offered, filter: isLike, maxItems: MAX_SHOWN, ...streams };
      const begun = offered[first] && { initialValue: offered[first].value };
      const said = typing !== undefined && { placeholder: typing };
      return answered(await autocomplete({ ...options, ...begun, ...said, validate: expectMatch })).value;
    },
    async pickSeveral(label, choices) {
      const { autocompleteMultiselect } = await import("@clack/prompts");
      const options = optionsOf(choices);
      const asked = { message: clean(label), options, filter: isLike, maxItems: MAX_SHOWN, ...streams };
      const initialValues = options.map(({ value }) => value);
      const picked = await autocompleteMultiselect({ ...asked, initialValues });
      return answered(picked).map(({ value }) => value);
    },
    async confirm(label) {
      const { confirm } = await import("@clack/prompts");
      return answered(await confirm({ message: clean(label), initialValue: false, ...streams }));
    },
    show(line) {
      output.write(`${clean(line)}\n`);
    },
    async open(url) {
      output.write(`To sign in, open ${clean(url)}\n`);
      await (await import("./open-browser.ts")).openPage(url);
    },
  };
}

/** Lines of a list that are shown at a time. */
const MAX_SHOWN = 12;

/** Whether what was typed is a part of what is shown: by itself, the library looks at the values, too, which are objects. */
const isLike = (typed: string, { label = "", hint = "" }: { label?: string; hint?: string }): boolean =>
  [label, hint].some((text) => text.toLowerCase().includes(typed.toLowerCase()));

/** Enter where nothing matches what was typed picks nothing. */
const expectMatch = (picked: unknown): string | undefined => (picked === undefined ? "Nothing matches." : undefined);

/** Choices as the library takes them; each value is an object, which no label can be mistaken for. */
function optionsOf<Value>(
  choices: readonly Choice<Value>[],
): Array<{ value: Choice<Value>; label: string; hint?: string }> {
  return choices.map((choice) => ({
    ...{ value: choice, label: clean(choice.label) },
    ...(choice.hint !== undefined && { hint: clean(choice.hint) }),
  }));
}

/** The answer; a person who pressed Ctrl-C or Escape ends the command. */
function answered<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (typeof answer === "symbol") throw new SecretError("aborted", "Cancelled; nothing was changed.");
  // An empty line may come as nothing at all.
  return (answer ?? "") as Exclude<Answer, symbol>;
}
