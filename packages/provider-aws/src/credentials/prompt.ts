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

/** The code of an MFA device. Throws `unauthenticated` where nobody can be asked, or nothing was typed. */
export async function askCode(interact: Interact | undefined): Promise<string> {
  const code = await prompt(interact, { label: "MFA code", secret: true });
  if (code !== undefined) return code;
  throw new SecretError("unauthenticated", "The credentials need an MFA code, and nobody can be asked for it.", {
    mend: "vaultlink reauth",
  });
}
