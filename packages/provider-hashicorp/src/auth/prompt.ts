import { type Interact, isSecretError, SecretError } from "@vaultlink/core";

/** Asks the person who waits, if there is one. Throws `aborted` if they decline; gives `undefined` for an empty line. */
export async function prompt(
  interact: Interact | undefined,
  question: { readonly label: string; readonly secret: boolean },
): Promise<string | undefined> {
  if (interact === undefined) return undefined;
  try {
    return (await interact.ask(question)).trim() || undefined;
  } catch (thrown) {
    if (isSecretError(thrown)) throw thrown;
    throw new SecretError("aborted", "Signing in was cancelled.");
  }
}
