import { Command, type CommanderError, Option } from "commander";
import { closestMatch } from "@vaultlink/core/internal";
import { type CliError, usage } from "../failure.ts";
import { mayRepeat } from "../output/may-repeat.ts";
import { spellBooleans } from "./booleans.ts";
import { Help } from "./help.ts";
import { OTHER_WORDS } from "./other-words.ts";

/** commander's way to say that help was shown, or the version: no failure. */
const DONE: ReadonlySet<string> = new Set(["commander.help", "commander.helpDisplayed", "commander.version"]);

/** A command whose mistakes are our own sentences: commander's repeat what was typed, which may be a secret. */
export class CliCommand extends Command {
  constructor(name?: string) {
    super(name);
    this.showSuggestionAfterError(false);
    this.helpOption("-h, --help", "Show how it is used.");
    this.#speakForItself();
  }

  override createCommand(name?: string): CliCommand {
    return new CliCommand(name);
  }

  /** A command's mistakes are its own: those above it know other options. */
  override copyInheritedSettings(source: Command): this {
    super.copyInheritedSettings(source);
    this.#speakForItself();
    return this;
  }

  #speakForItself(): void {
    const message: string[] = [];
    // A group without its command shows help as if that were an error; mistakes come through `exitOverride` alone.
    const write = (text: string): void => void message.push(text);
    this.configureOutput({ writeOut: write, writeErr: write, outputError: () => {} });
    this.exitOverride((error) => {
      throw DONE.has(error.code) ? new Help(message.join("")) : explain(error, this);
    });
  }

  /** Booleans may be written out: `--lookup=false` is `--no-lookup`. commander knows the short form only. */
  override parseOptions(argv: string[]): ReturnType<Command["parseOptions"]> {
    return super.parseOptions(spellBooleans(argv, this));
  }

  /** What follows the first operand is a child's. */
  override passThroughOptions(passes = true): this {
    this.passes = passes;
    return super.passThroughOptions(passes);
  }

  /** Whether options end at the first operand. */
  passes = false;

  /** Lines below the help text, as every shell takes them. */
  examples(...lines: readonly string[]): this {
    return this.#lines("Examples", lines);
  }

  /** Lines that only some shells take, e.g. `"bash and zsh"`. */
  examplesIn(shells: string, ...lines: readonly string[]): this {
    return this.#lines(`Examples in ${shells}`, lines);
  }

  #lines(heading: string, lines: readonly string[]): this {
    return this.addHelpText("after", `\n${heading}:\n${lines.map((line) => `  ${line}`).join("\n")}`);
  }

  /** Every command can speak JSON. */
  json(): this {
    return this.option("--json", "Print one JSON object on standard output.");
  }
}

function explain({ code, message }: CommanderError, command: Command): CliError {
  const help = `${pathOf(command)} --help`;
  switch (code) {
    case "commander.unknownOption":
      return unknownOption(message, command, help);
    case "commander.unknownCommand":
      return unknownCommand(message, command);
    case "commander.missingArgument":
      return usage(`${pathOf(command)} needs ${missing(message)}.`, help);
    case "commander.excessArguments":
      return usage(`${pathOf(command)} takes ${most(command)}; one with spaces needs quotes.`, help);
    case "commander.optionMissingArgument":
      return usage(`${/'(--?[a-z-]+)/.exec(message)?.[1] ?? "An option"} needs a value.`, help);
    default:
      return usage("The command line was not understood.", help);
  }
}

/** How many arguments a command takes. */
function most({ registeredArguments: { length } }: Command): string {
  return length === 0 ? "no argument" : `${length} argument${length === 1 ? "" : "s"} at most`;
}

function unknownOption(message: string, command: Command, help: string): CliError {
  const flag = /'(--?[A-Za-z][A-Za-z0-9-]{0,39})(?:=|')/.exec(message)?.[1] ?? "";
  const flags = command.options.flatMap(({ long, hidden }) => (hidden ? [] : (long ?? [])));
  if (flag.endsWith("-stdin")) return usage(`There is no credential here that ${flag} could bring.`, help);
  if (flags.includes(`${flag}-stdin`) || /^--?(?:token|password|secret|key|pin|passphrase)/.test(flag)) {
    return usage(
      "A credential is not taken from the command line, where others can read it.",
      mendSecret(flag, flags, help),
    );
  }
  if (flags.includes(flag)) return usage(`${flag} takes no value, except true or false.`, help);
  const near = closestMatch(flag, flags);
  // With a hyphen before it a secret may stand where an option does.
  const which = mayRepeat(flag.replace(/^--?/, "")) ? `${pathOf(command)} has no option ${flag}` : "Unknown option";
  return usage(`${which}${near === undefined ? "." : `; did you mean ${near}?`}`, help);
}

const mendSecret = (flag: string, flags: readonly string[], help: string): string =>
  flags.includes(`${flag}-stdin`) ? `Wait to be asked, or pipe it in with ${flag}-stdin` : help;

function unknownCommand(message: string, command: Command): CliError {
  const typed = /'([a-z-]{1,30})'/.exec(message)?.[1] ?? "";
  if (typed === "set")
    return usage(
      "vaultlink never writes a secret; change it at its vault, then reset the cache.",
      "vaultlink cache reset",
    );
  const names = command.commands.map((one) => one.name());
  const group = pathOf(command);
  const near =
    command.parent === null ? (OTHER_WORDS.get(typed) ?? closestMatch(typed, names)) : closestMatch(typed, names);
  // As a person types it: without the program's name.
  const inGroup = (name: string): string => `${group} ${name}`.slice(rootOf(command).name().length + 1);
  const which = mayRepeat(typed) ? `There is no command ${inGroup(typed)}` : "There is no such command";
  return near === undefined
    ? usage(`${which}.`, `${group} --help`)
    : usage(`${which}; did you mean ${inGroup(near)}?`, `${group} ${near} --help`);
}

const rootOf = (command: Command): Command => (command.parent === null ? command : rootOf(command.parent));

const missing = (message: string): string => `<${/'([a-z|-]+)'/i.exec(message)?.[1] ?? "argument"}>`;

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

export { Option };
