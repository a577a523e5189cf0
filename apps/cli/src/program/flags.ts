import type { Flag } from "../options/flags.ts";
import { type CliCommand, Option } from "./command.ts";

/** Gives a command the flags of a provider. */
export function addFlags(command: CliCommand, flags: readonly Flag[]): void {
  for (const { long, field } of flags) {
    const takesValue = !field.secret && field.type !== "boolean";
    const option = new Option(takesValue ? `${long} <${PLACEHOLDERS[field.type]}>` : long, describe(field));
    if (field.type === "string[]")
      option.argParser((value, before: readonly string[] | undefined) => [...(before ?? []), value]);
    command.addOption(option);
    if (field.secret || field.type !== "boolean") continue;
    // Help shows the form that changes something.
    const off = new Option(`--no-${long.slice(2)}`, `Turns this off: ${describe(field)}`);
    (field.default === true ? option : off).hideHelp();
    command.addOption(off);
  }
}

const PLACEHOLDERS = { string: "text", "string[]": "text", integer: "number", number: "number", boolean: "" } as const;

function describe({ secret, type, description, enum: choices, default: fallback }: Flag["field"]): string {
  if (secret) return `Read from standard input: ${description}`;
  const among = choices === undefined ? "" : ` One of ${choices.join(", ")}.`;
  const more = type === "string[]" ? " May be given several times." : "";
  return `${description}${among}${more}${isShort(fallback) ? ` Default: ${fallback}.` : ""}`;
}

const isShort = (held: unknown): held is string | number | boolean =>
  typeof held === "string" || typeof held === "number" || typeof held === "boolean";
