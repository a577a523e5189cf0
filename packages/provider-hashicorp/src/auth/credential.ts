import { type Context, prompt, SecretError } from "@vaultlink/core";
import { variable } from "../env.ts";
import { readCredentialFile } from "./token-file.ts";

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
  /** The sentence for when it is nowhere. */
  readonly missing: string;
  /** The command that helps then. */
  readonly mend: string;
}

/** Looks in the options, the variables and the file, then asks. Throws `unauthenticated` if it is nowhere. */
export async function findCredential(wanted: Wanted, { env, interact }: Context): Promise<string> {
  const { file, given, label, mend, missing, secret, variables = [] } = wanted;
  const ambient = variables.map((name) => variable(env, name)).find((held) => held !== undefined);
  if (given !== undefined) return given;
  if (ambient !== undefined) return ambient;
  const found =
    file !== undefined
      ? await readCredentialFile({ path: file, required: true, mend }, env)
      : label !== undefined
        ? await prompt(interact, { label, secret })
        : undefined;
  if (found === undefined) throw new SecretError("unauthenticated", missing, { mend });
  return found;
}
