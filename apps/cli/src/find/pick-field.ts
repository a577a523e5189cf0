import { formatReference, parseReference, schemeOf } from "@vaultlink/core/internal";
import type { Configuration } from "../config/load.ts";
import type { Choice, CliContext, TerminalPrompter } from "../context.ts";
import { clean } from "../output/clean.ts";
import type { LendVault } from "../vault/with-vault.ts";
import type { Browsing } from "./browse.ts";
import { fieldNames } from "./field-names.ts";
import { pluginOf } from "./plugin-of.ts";

/** A document, and what a reference of its vault looks like. */
export interface Whole {
  readonly locator: Parameters<typeof formatReference>[0]["locator"];
  readonly pattern: string | undefined;
}

/** The reference to a document, with the field a person picks where it has several. */
export async function pickField(
  { context, vault, connection }: Browsing,
  prompter: TerminalPrompter,
  { locator, pattern = "" }: Whole,
): Promise<string> {
  const whole = formatReference({ connection, locator });
  // The last step of the path was the field already.
  if (pattern.includes("<field>") && !pattern.includes("#")) return whole;
  const fields = await fieldNames(vault, whole, context.signal);
  if (fields.length === 0) return whole;
  const choices: Choice<string>[] = fields.map((name) => ({
    label: name,
    value: formatReference({ connection, locator, field: [name] }),
  }));
  if (!pattern.includes("#")) choices.push({ label: "all of it, as it is stored", value: whole });
  return prompter.pick(`Which field of ${clean(whole)}?`, choices);
}

/** A reference as a person typed it; one to a document of a connection gets the field that they pick. */
export async function completeTyped(
  context: CliContext,
  configuration: Configuration,
  { reference, lend }: { readonly reference: string; readonly lend: LendVault },
): Promise<string> {
  const { prompter } = context;
  const connection = schemeOf(reference);
  if (prompter === undefined || connection === undefined || !configuration.connections.has(connection))
    return reference;
  const { field, locator } = parseReference(reference);
  if (field !== undefined) return reference;
  const { pattern } = await pluginOf(context, configuration, connection);
  return lend((vault) => pickField({ context, vault, connection }, prompter, { locator, pattern }));
}
