import { type Prompter, isSecretError } from "@vaultlink/core";
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
  { ifNeeded = false }: Pick<SignInOptions, "ifNeeded"> = {},
): Promise<SignedIn> {
  const { progress, prompter, signal } = context;
  const given = { answers: 0, pages: 0 };
  const asking = prompter && prompterFor(connection, prompter, { given, progress });
  const open = async (): Promise<{ readonly identity?: string }> => {
    Object.assign(given, { answers: 0, pages: 0 });
    const opening = (): Promise<{ readonly identity?: string }> =>
      vault.reauthenticate(connection, { signal, ifNeeded, ...(asking && { prompter: asking }) });
    return progress === undefined ? opening() : progress.during({ connection }, opening);
  };
  // Without an answer of theirs it was no wrong one.
  const isWrong = (thrown: unknown): boolean =>
    isSecretError(thrown) && thrown.code === "unauthenticated" && given.answers > 0;
  const { identity } = await askAgain(prompter, open, isWrong);
  return { ...(identity !== undefined && { identity }), byPerson: given.answers + given.pages > 0 };
}

/** The person, who is told for which connection they are asked, and what they did. */
function prompterFor(
  connection: string,
  prompter: TerminalPrompter,
  { given, progress }: { readonly given: { answers: number; pages: number }; readonly progress: Progress | undefined },
): Prompter {
  return {
    async ask(question) {
      const ask = (): Promise<string> => prompter.ask({ ...question, label: `${connection}: ${question.label}` });
      const answer = await (progress === undefined ? ask() : progress.suspended(ask));
      if (answer !== "") given.answers++;
      return answer;
    },
    async open(url) {
      given.pages++;
      progress?.hide();
      prompter.show(`Signing in to ${connection}.`);
      await prompter.open(url);
    },
    show(text) {
      progress?.hide();
      prompter.show(text);
    },
  };
}
