import { personToAskFirst, type Prompter, prompt, readCredentialFile, SecretError } from "@vaultlink/core/provider";
import { isForAnotherVault } from "../address.ts";
import { exactVariable, variable } from "../env.ts";
import type { Attempt } from "./attempt.ts";
import { foreignCredential } from "./foreign.ts";

/** One thing that signing in takes, and where it may be. */
export interface Wanted {
  /** From the options. */
  readonly given: string | undefined;
  /** Names of variables without `VAULT_`, the first that is set counts. */
  readonly variables?: readonly string[];
  readonly file?: string | undefined;
  /** What a person is asked; without it nobody is. */
  readonly label?: string;
  readonly secret: boolean;
  /** Whether it is taken exactly as given: blanks around it may belong to a password, and to no token. */
  readonly exact?: boolean;
  /** The sentence for when it is nowhere. */
  readonly missing: string;
  /** The command that helps then. */
  readonly hint: string;
}

/** Looks in the options, the variables and the file, then asks. Throws `unauthenticated` if it is nowhere. */
export async function findCredential(wanted: Wanted, attempt: Attempt): Promise<string> {
  const found = (await lookForCredential(wanted, attempt)) ?? (await askForCredential(wanted, attempt));
  if (found !== undefined) return found;
  throw missingCredential(wanted, attempt);
}

/**
 * Looks in the options, the variables and the file. Variables that are meant for another vault do not count. Where a new
 * sign-in was asked for, the person goes before variables and file: what they hold may be what was refused.
 */
export async function lookForCredential(wanted: Wanted, attempt: Attempt): Promise<string | undefined> {
  const { exact, file, given, hint } = wanted;
  const { env } = attempt.context;
  if (given !== undefined) return given;
  const typed = await ask(wanted, personToAskFirst(attempt.context));
  if (typed !== undefined) return typed;
  const [held] = heldVariables(wanted, attempt);
  if (held !== undefined && !isForAnotherVault(attempt, env)) return held;
  if (file === undefined) return undefined;
  const read = await readCredentialFile({ path: file, required: true, hint }, env);
  return exact === true ? read : read?.trim();
}

/** Asks the person who waits, if there is one and was not asked before. */
export async function askForCredential(wanted: Wanted, { context }: Attempt): Promise<string | undefined> {
  if (wanted.file !== undefined || personToAskFirst(context) !== undefined) return undefined;
  return ask(wanted, context.prompter);
}

async function ask({ exact, label, secret }: Wanted, prompter: Prompter | undefined): Promise<string | undefined> {
  return label === undefined ? undefined : prompt(prompter, { label, secret, exact });
}

/** What to throw for a credential that is nowhere. */
export function missingCredential(wanted: Wanted, attempt: Attempt): SecretError {
  const [name] = wanted.variables ?? [];
  const foreign = heldVariables(wanted, attempt).length > 0;
  if (foreign) return foreignCredential(name ?? "", attempt);
  return new SecretError("unauthenticated", wanted.missing, { hint: wanted.hint });
}

function heldVariables({ exact, variables = [] }: Wanted, { context }: Attempt): readonly string[] {
  const look = exact === true ? exactVariable : variable;
  return variables.map((name) => look(context.env, name)).filter((held) => held !== undefined);
}
