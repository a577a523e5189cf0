import { isSecretError, SecretError } from "@vaultlink/core";
import { schemeOf } from "@vaultlink/core/internal";
import type { Configuration } from "../config/load.ts";
import type { CliContext } from "../context.ts";
import { expectIdentifier } from "./identifier.ts";
import { vaultOptions } from "./options.ts";
import { explainTrust } from "./trust.ts";

/** Throws what is wrong with a reference as far as that shows without asking a vault. */
export async function checkReference(
  context: CliContext,
  configuration: Configuration,
  reference: string,
): Promise<void> {
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

/** The check used a name of its own, which nobody should read. */
function withoutName(error: unknown): unknown {
  if (!isSecretError(error)) return error;
  return new SecretError(error.code, error.message.replace(/^reference: /, ""), error.details);
}
