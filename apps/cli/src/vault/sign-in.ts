import { type Prompter, isSecretError } from "@vaultlink/core";
import { clean } from "../output/clean.ts";
import type { Progress } from "../progress/progress.ts";
import { askAgain } from "../terminal/ask-again.ts";
import type { TerminalPrompter, CliContext } from "../context.ts";
import type { SignInOptions, VaultAccess } from "./access.ts";

/** What a sign-in came to. */
export interface SignedIn {
  readonly identity?: string;
  /** Whether a person gave credentials: then they are gone when the command ends. */
  readonly byPerson: boolean;
}

/** Opens a connection anew, asking the person where there is one, and again after a wrong answer. Throws what the vault says. */
export async function signIn(
  context: CliContext,
  vault: Pick<VaultAccess, "reauthenticate">,
  connection: string,
  { ifNeeded = false, useFound = false }: Pick<SignInOptions, "ifNeeded" | "useFound"> = {},
): Promise<SignedIn> {
  const { progress, prompter, signal } = context;
  const given: Given = { questions: 0, answers: 0, pages: 0 };
  const asking = prompter && prompterFor(connection, prompter, { given, progress });
  const open = async (found: boolean): Promise<{ readonly identity?: string }> => {
    Object.assign(given, { questions: 0, answers: 0, pages: 0 });
    const options = { signal, ifNeeded, ...(found && { useFound: true }), ...(asking && { prompter: asking }) };
    const opening = (): Promise<{ readonly identity?: string }> => vault.reauthenticate(connection, options);
    return progress === undefined ? opening() : progress.during({ connection }, opening);
  };
  const isRefused = (thrown: unknown): boolean => isSecretError(thrown) && thrown.code === "unauthenticated";
  // Without an answer of theirs it was no wrong one.
  const isWrong = (thrown: unknown): boolean => isRefused(thrown) && given.answers > 0;
  const ask = (): Promise<{ readonly identity?: string }> => askAgain(prompter, () => open(false), isWrong);
  const takeFound = (): Promise<{ readonly identity?: string }> =>
    open(true).catch((error: unknown) => {
      // What is here is old, as it may be for a long time: the person knows better.
      if (prompter === undefined || !isRefused(error)) throw error;
      const said = clean((error as Error).message);
      // Who was asked had nothing that could be found.
      given.refused = given.questions === 0 ? `What was found here was refused: ${said}` : `${said} Try again.`;
      return ask();
    });
  const { identity } = await (useFound ? takeFound() : ask());
  return { ...(identity !== undefined && { identity }), byPerson: given.answers + given.pages > 0 };
}

/** What a person gave. */
interface Given {
  questions: number;
  answers: number;
  pages: number;
  /** What they are to be told before they are asked. */
  refused?: string | undefined;
}

/** The person, who is told for which connection they are asked, and what they did. */
function prompterFor(
  connection: string,
  prompter: TerminalPrompter,
  { given, progress }: { readonly given: Given; readonly progress: Progress | undefined },
): Prompter {
  const tellRefused = (): void => {
    if (given.refused === undefined) return;
    progress?.hide();
    prompter.show(given.refused);
    given.refused = undefined;
  };
  return {
    async ask(question) {
      tellRefused();
      const ask = (): Promise<string> => prompter.ask({ ...question, label: `${connection}: ${question.label}` });
      given.questions++;
      const answer = await (progress === undefined ? ask() : progress.suspended(ask));
      if (answer !== "") given.answers++;
      return answer;
    },
    async open(url) {
      given.pages++;
      progress?.hide();
      tellRefused();
      prompter.show(`Signing in to ${connection}.`);
      await prompter.open(url);
    },
    show(text) {
      progress?.hide();
      tellRefused();
      prompter.show(`${connection}: ${text}`);
    },
  };
}
