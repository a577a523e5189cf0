import { SecretError } from "@vaultlink/core";
import { formatReference, parseReference, schemeOf } from "@vaultlink/core/internal";
import type { Configuration } from "../config/load.ts";
import type { CliContext } from "../context.ts";
import { at } from "../options/secrets.ts";
import { pluginOf } from "./plugin-of.ts";

/**
 * A vault's own identifier that several connections would serve, written for the one that a person picks, so that the link
 * remembers it. Any other reference stays as it is. Throws `ambiguous`, naming them, where nobody can be asked.
 */
export async function settleAmbiguous(
  context: CliContext,
  configuration: Configuration,
  reference: string,
): Promise<string> {
  const scheme = schemeOf(reference);
  if (scheme !== undefined && configuration.connections.has(scheme)) return reference;
  const serving = await servingConnections(context, configuration, reference);
  if (serving.length < 2) return reference;
  const written = serving.map(({ name, text }) => ({ label: name, hint: text, value: text }));
  if (context.prompter !== undefined) {
    return context.prompter.choose("Several connections serve this. Which one is it?", written);
  }
  const [first] = written;
  throw new SecretError("ambiguous", `Several connections serve this: ${serving.map(({ name }) => name).join(", ")}.`, {
    hint: `Write it for one of them, e.g. ${first?.value ?? ""}`,
  });
}

async function servingConnections(
  context: CliContext,
  configuration: Configuration,
  reference: string,
): Promise<ReadonlyArray<{ readonly name: string; readonly text: string }>> {
  const hash = reference.indexOf("#");
  const [identifier, field] = hash < 0 ? [reference] : [reference.slice(0, hash), reference.slice(hash)];
  const found: { name: string; text: string }[] = [];
  for (const [name, { entry }] of configuration.connections) {
    // One that cannot be loaded serves nothing.
    const plugin = await pluginOf(context, configuration, name).catch(() => undefined);
    const parsed = plugin?.parseIdentifier?.(identifier);
    const fits = Object.entries(parsed?.where ?? {}).every(([option, value]) => {
      const held = at(entry, option.split("."));
      return held === undefined || held === value;
    });
    if (parsed === undefined || !fits) continue;
    const own = parsed.field === undefined ? {} : { field: [parsed.field] };
    const text = formatReference({ connection: name, locator: parsed.locator, ...own });
    const whole = field === undefined ? text : `${text.split("#")[0] ?? ""}${field}`;
    if (isReference(whole)) found.push({ name, text: whole });
  }
  return found;
}

function isReference(text: string): boolean {
  try {
    return parseReference(text).connection !== "";
  } catch {
    return false;
  }
}
