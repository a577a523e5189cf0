import type { Argument, Command, Option } from "commander";
import type { Plugin } from "@vaultlink/core";
import { fieldsOf } from "../options/fields.ts";
import { type Flag, flagsOf } from "../options/flags.ts";
import type { ProviderEntry } from "../third-party/source.ts";

/** One way to go on with a word. */
export interface Candidate {
  readonly word: string;
  readonly about?: string;
}

/** What is known besides the commands. None of it opens a vault. */
export interface Known {
  readonly program: Command;
  /** What an argument or a value of this name may be, e.g. `names` or `connection`; empty where only the person knows. */
  readonly values: (placeholder: string) => Promise<readonly Candidate[]>;
  /** The plugin of a provider as a configuration names it, where its code may run. */
  readonly plugin: (provider: ProviderEntry) => Promise<Plugin | undefined>;
  /** The provider of a connection. */
  readonly providerOf: (connection: string) => Promise<ProviderEntry | undefined>;
}

/** A command line as far as it is understood. */
interface Typed {
  readonly command: Command;
  readonly path: string;
  /** What is no option, after the command. */
  readonly operands: readonly string[];
}

/** How the last of these words may go on; the words follow the program's name. Empty where a file's name may follow. */
export async function candidates(words: readonly string[], known: Known): Promise<readonly Candidate[]> {
  // bash breaks `--flag=value` into three words.
  const joined = words.filter((word, at) => word !== "=" || at === words.length - 1);
  const current = joined.at(-1) === "=" ? "" : (joined.at(-1) ?? "");
  const before = joined.slice(0, -1);
  if (before.includes("--")) return [];
  const typed = understand(known.program, before);
  const flags = await flagsFor(typed, known);
  const options = [...typed.command.options.filter(({ hidden }) => !hidden).map(fromOption), ...flags];
  const [flag, value] = cut(current);
  const waiting = options.find(
    ({ word, takes }) => word === (value === undefined ? before.at(-1) : flag) && takes !== undefined,
  );
  if (waiting !== undefined) {
    const found = await valuesOf(waiting, value ?? current, known);
    return value === undefined ? found : found.map((one) => ({ ...one, word: `${flag}=${one.word}` }));
  }
  const all = current.startsWith("-") ? [...options, HELP] : await operandsOf(typed, known);
  return startingWith(current, all);
}

const HELP: Candidate = { word: "--help", about: "Show how it is used." };

const startingWith = (start: string, all: readonly Candidate[]): readonly Candidate[] =>
  all.filter(({ word }) => word.startsWith(start)).map(({ word, about }) => ({ word, ...(about && { about }) }));

function cut(word: string): readonly [flag: string, value: string | undefined] {
  const at = word.startsWith("--") ? word.indexOf("=") : -1;
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

/** Finds the command, and what was given to it. An option's value is taken for an operand at worst. */
function understand(program: Command, words: readonly string[]): Typed {
  let [command, path] = [program, ""];
  const operands: string[] = [];
  for (const [at, word] of words.entries()) {
    if (word.startsWith("-")) continue;
    const takesIt = command.options.some(
      ({ long, short, required }) => required && [long, short].includes(words[at - 1]),
    );
    if (takesIt) continue;
    const inner = operands.length === 0 ? command.commands.find((one) => one.name() === word) : undefined;
    if (inner === undefined) operands.push(word);
    else [command, path] = [inner, `${path} ${word}`.trim()];
  }
  return { command, path, operands };
}

/** An option, and what its value is called, if it takes one. */
interface Choice extends Candidate {
  readonly takes?: string | undefined;
  readonly values?: readonly string[] | undefined;
}

const fromOption = ({ long, flags, description }: Option): Choice => ({
  ...{ word: long ?? flags, about: description },
  takes: /<([a-z-]+)>/.exec(flags)?.[1],
});

const fromFlag = ({ long, field }: Flag): Choice => ({
  ...{ word: long, about: field.description },
  ...(!field.secret && field.type !== "boolean" && { takes: field.path.at(-1) ?? "", values: field.enum }),
});

/** The flags of a provider, where the command has them: `connect` all, `reauth` those of credentials. */
async function flagsFor({ path, operands }: Typed, known: Known): Promise<readonly Choice[]> {
  const [first] = operands;
  if (first === undefined || (path !== "connect" && path !== "reauth")) return [];
  const provider = path === "connect" ? first : await known.providerOf(first);
  const plugin = provider === undefined ? undefined : await known.plugin(provider);
  const flags = plugin === undefined ? [] : flagsOf(fieldsOf(plugin));
  return flags.filter(({ field }) => path === "connect" || field.secret).map(fromFlag);
}

async function valuesOf({ takes = "", values }: Choice, current: string, known: Known): Promise<readonly Candidate[]> {
  if (values !== undefined)
    return startingWith(
      current,
      values.map((word) => ({ word })),
    );
  const found = await known.values(takes);
  // Several are separated by commas: those before stay, and are not offered again.
  const start = takes === "names" ? current.slice(0, current.lastIndexOf(",") + 1) : "";
  const given = new Set(start.split(","));
  const left = found.filter(({ word }) => !given.has(word)).map((one) => ({ ...one, word: `${start}${one.word}` }));
  return startingWith(current, left);
}

async function operandsOf({ command, path, operands }: Typed, known: Known): Promise<readonly Candidate[]> {
  if (command.commands.length > 0) {
    const shown = command.commands.map((one) => ({ word: one.name(), about: one.description() }));
    return operands.length === 0 ? shown : [];
  }
  // A new link's name is new, and what follows the provider of `connect` is a new connection's.
  if (path === "link" || (path === "connect" && operands.length > 0)) return [];
  if (path === "reauth") return operands.length === 0 ? known.values("connection") : [];
  const argument = argumentAt(command.registeredArguments, operands.length);
  if (argument === undefined) return [];
  const found = await known.values(argument.name());
  return found.filter(({ word }) => !operands.includes(word));
}

const argumentAt = (all: readonly Argument[], at: number): Argument | undefined =>
  all[at] ?? (all.at(-1)?.variadic === true ? all.at(-1) : undefined);
