import { isSecretError, SecretError } from "@vaultlink/core";
import { schemeOf } from "@vaultlink/core/internal";
import type { Configuration } from "../config/load.ts";
import type { CliContext } from "../context.ts";
import { usage } from "../failure.ts";
import { expectIdentifier } from "./identifier.ts";
import { vaultOptions } from "./options.ts";
import { explainTrust } from "./trust.ts";

/** Throws what is wrong with a reference as far as that shows without asking a vault. */
export async function checkReference(
  context: CliContext,
  configuration: Configuration,
  reference: string,
): Promise<void> {
  refuseForm(reference);
  if (schemeOf(reference) === undefined) return expectIdentifier(context, configuration, reference);
  const { connections, env } = vaultOptions(context, configuration);
  try {
    context.createVault({ connections, env, links: {} }).link("reference", reference);
  } catch (error) {
    const explained = explainTrust(error, reference, configuration);
    // A link may come before trust: what it needs is defined right beside it.
    if (explained === error) throw withoutName(error);
  }
}

/** Throws `usage` for the form of a reference, as help and messages show it. Encoded, the same is a name. */
function refuseForm(reference: string): void {
  const part = /(?<=[/#])(?:<[a-z][a-z -]*>|…)(?=[/#?]|$)/.exec(reference)?.[0];
  if (part === undefined) return;
  const connection = schemeOf(reference);
  const search = connection === undefined ? "vaultlink link --help" : `vaultlink search ${connection}`;
  throw usage(`${part} stands for a name in your vault: write that name.`, search);
}

/** The check used a name of its own, which nobody should read. */
function withoutName(error: unknown): unknown {
  if (!isSecretError(error)) return error;
  return new SecretError(error.code, error.message.replace(/^reference: /, ""), error.details);
}
