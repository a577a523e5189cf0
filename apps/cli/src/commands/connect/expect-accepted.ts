import { isSecretError, type Plugin, SecretError } from "@vaultlink/core";
import { usage } from "../../failure.ts";
import { refusalOf } from "../../options/refusal.ts";
import type { Options } from "../../options/secrets.ts";

/** An answer, as one of the options it is a part of. */
export interface Answered {
  /** Which option was answered, e.g. `auth.tenantId`. */
  readonly option: string;
  /** What was known before, and what is known with the answer. Others may still be missing. */
  readonly without: Options;
  readonly options: Options;
}

/**
 * Throws what a plugin says of an answer that cannot be right, while nothing but it has to be asked for again. What may be
 * another option's fault passes: all of them are checked together in the end.
 */
export async function expectAccepted(plugin: Plugin, { option, without, options }: Answered): Promise<void> {
  const { issues = [] } = await plugin.options["~standard"].validate(options);
  const ownIssue = issues.find(({ path = [] }) => path.map(keyOf).join(".") === option);
  if (ownIssue !== undefined) throw usage(ownIssue.message, `vaultlink connect ${plugin.name} --help`);
  if (issues.length > 0) return;
  try {
    plugin.create(options);
  } catch (refusal) {
    if (refusalOf(plugin, without) !== undefined) return;
    if (!isSecretError(refusal)) throw refusal;
    // Who answered was asked in words, not for an option.
    const said = refusal.message.replace(`Option "${option}" `, "This ");
    throw new SecretError(refusal.code, said, refusal.details);
  }
}

const keyOf = (part: PropertyKey | { readonly key: PropertyKey }): PropertyKey =>
  typeof part === "object" ? part.key : part;
