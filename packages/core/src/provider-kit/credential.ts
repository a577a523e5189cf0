import { SecretError } from "../errors/secret-error.ts";
import type { Context } from "../contract/provider.ts";
import { prompt } from "./prompt.ts";

/** Where a credential may be found. */
export interface CredentialSources {
  /** What the options hold. */
  readonly given?: string | undefined;
  /** A variable, which `envVariables` names too. */
  readonly variable: string;
  /** What the person is asked for, e.g. `"API key"`. */
  readonly label: string;
  /** The one command that gets it, for whoever has none. */
  readonly hint: string;
}

/**
 * Finds a credential: in the options, in a variable, or from the person, who is asked first where a new sign-in was asked
 * for. Throws `unauthenticated` where there is none, and `aborted` where the person declines.
 */
export async function findCredential(
  { env, prompter, reauthenticate }: Pick<Context, "env" | "prompter" | "reauthenticate">,
  { given, variable, label, hint }: CredentialSources,
): Promise<string> {
  const found = given || env[variable];
  if (found && !(reauthenticate && prompter)) return found;
  const typed = await prompt(prompter, { label, secret: true });
  if (typed !== undefined) return typed;
  throw new SecretError("unauthenticated", `There is no ${label}.`, { hint });
}
