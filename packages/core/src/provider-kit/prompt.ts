import { isSecretError, SecretError } from "../errors/secret-error.ts";
import type { Prompter } from "../contract/provider.ts";

/** Asks the person who waits, if there is one. Throws `aborted` if they decline; gives `undefined` for an empty line. */
export async function prompt(
  prompter: Prompter | undefined,
  question: Parameters<Prompter["ask"]>[0],
): Promise<string | undefined> {
  if (prompter === undefined) return undefined;
  return (await declining(() => prompter.ask(question))).trim() || undefined;
}

/** Has a person do something. Throws `aborted` if they decline. */
export async function declining<Done>(ask: () => Promise<Done>): Promise<Done> {
  try {
    return await ask();
  } catch (thrown) {
    if (isSecretError(thrown)) throw thrown;
    throw new SecretError("aborted", "Signing in was cancelled.");
  }
}
