import { isSecretError, SecretError } from "../errors/secret-error.ts";
import type { Context, Prompter } from "../contract/provider.ts";

/**
 * Asks the person who waits, if there is one. Throws `aborted` if they decline; gives `undefined` for an empty line. With
 * `exact` the line is taken as it was typed: blanks around it may belong to a password, and to no token.
 */
export async function prompt(
  prompter: Prompter | undefined,
  question: Parameters<Prompter["ask"]>[0] & { readonly exact?: boolean | undefined },
): Promise<string | undefined> {
  if (prompter === undefined) return undefined;
  const { exact = false, ...asked } = question;
  const typed = await declining(() => prompter.ask(asked));
  return (exact ? typed : typed.trim()) || undefined;
}

/** The person to ask before anything that can be found is tried: a new sign-in was asked for. */
export function personToAskFirst({ prompter, reauthenticate }: Context): Prompter | undefined {
  return reauthenticate === true ? prompter : undefined;
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
