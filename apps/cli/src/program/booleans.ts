import type { Command, Option } from "commander";

/** The same arguments with `--name=true` and `--name=false` of a command's own booleans in their short forms. */
export function spellBooleans(argv: readonly string[], command: Command & { readonly passes: boolean }): string[] {
  const spelled: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const argument = argv[at] ?? "";
    const isOperand = !argument.startsWith("-") || argument === "-";
    if (argument === "--" || (isOperand && command.passes)) return [...spelled, ...argv.slice(at)];
    spelled.push(...spell(argument, command.options));
    // The value of an option is no operand.
    const takesNext = command.options.some(
      (option) => option.required && (option.long === argument || option.short === argument),
    );
    if (takesNext && at + 1 < argv.length) spelled.push(argv[++at] ?? "");
  }
  return spelled;
}

/**
 * The short form, or nothing for what the command does anyway and has no form for. A value that may be left out is written
 * with `=` only: the next word is never taken for it.
 */
function spell(argument: string, options: readonly Option[]): readonly string[] {
  const bare = options.find(({ long, optional }) => optional && long === argument);
  if (bare !== undefined) return [`${argument}=${bare.presetArg as string}`];
  const [, negated = "", name = "", value] = /^--(no-)?([a-z][a-z0-9-]*)=(true|false)$/.exec(argument) ?? [];
  const [on, off] = [`--${name}`, `--no-${name}`];
  const own = options.filter(({ long }) => long === on || long === off);
  const isBoolean = own.length > 0 && own.every(({ required, optional }) => !required && !optional);
  if (value === undefined || !isBoolean) return [argument];
  const short = (value === "true") === (negated === "") ? on : off;
  return own.some(({ long }) => long === short) ? [short] : [];
}
