import type { Command, Option } from "commander";
import { createProgram } from "./program.ts";

/**
 * The manual page of all commands, in the macros of man(7), made of what `--help` says. It has no date: the same commands make
 * the same page.
 */
export function manPage(): string {
  const program = createProgram(() => {});
  const lines = [
    ...['.TH VAULTLINK 1 "" "vaultlink" "User Commands"', ".SH NAME"],
    "vaultlink \\- link names to secrets in external vaults, and run commands with them",
    ...[".SH SYNOPSIS", ".B vaultlink", ".I command", "[options]"],
    ...[".SH DESCRIPTION", escape(program.description())],
    ...["A value leaves it by", ".BR get ,", ".BR run ,", ".BR inject", "and", ".BR export", "only."],
    ...[".SH COMMANDS", ...leaves(program, []).flatMap(({ command, path }) => section(command, path))],
    ...EXIT,
    ...FILES,
  ];
  return `${lines.join("\n")}\n`;
}

interface Leaf {
  readonly command: Command;
  readonly path: readonly string[];
}

function leaves(command: Command, path: readonly string[]): readonly Leaf[] {
  if (command.commands.length === 0) return [{ command, path }];
  return command.commands.flatMap((one) => leaves(one, [...path, one.name()]));
}

function section(command: Command, path: readonly string[]): readonly string[] {
  const help = command.createHelp();
  const { registeredArguments: given } = command;
  return [
    `.SS "vaultlink ${escape([...path, usageOf(command)].join(" "))}"`,
    escape(command.description()),
    ...given.flatMap((one) => (one.description ? entry(one.name(), one.description) : [])),
    ...help.visibleOptions(command).flatMap((option) => entry(option.flags, descriptionOf(option))),
  ];
}

/** As help has it, without the command's name. */
const usageOf = (command: Command): string => command.usage();

function descriptionOf({ description, defaultValue }: Option): string {
  return typeof defaultValue === "string" ? `${description} Default: ${defaultValue}.` : description;
}

const entry = (term: string, text: string): readonly string[] => [".TP", `.B ${escape(term)}`, escape(text)];

/** What the macros would take for their own: backslashes, hyphens that are to be copied, and a line's first dot or quote. */
function escape(text: string): string {
  const safe = text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll('"', "\\(dq");
  return /^[.']/.test(safe) ? `\\&${safe}` : safe;
}

const STATUSES: readonly (readonly [string, string])[] = [
  ["0", "Done."],
  ["64", "The command line or a reference is wrong."],
  ["65", "The secret is ambiguous or unusable."],
  ["66", "The vault has no such secret."],
  ["67", "A name does not resolve: not linked, disabled, disconnected."],
  ["69", "The vault cannot be reached."],
  ["70", "A fault of vaultlink itself."],
  ["74", "The output could not be written."],
  ["75", "Throttled, out of time, or two commands changed one file."],
  ["76", "Not signed in, or expired."],
  ["77", "Denied by the vault."],
  ["78", "A configuration file is wrong."],
  ["79", "Forbidden here."],
  ["126, 127", "The command of run cannot be started, or was not found."],
  ["130", "Cancelled."],
];

const EXIT: readonly string[] = [
  ".SH EXIT STATUS",
  "run ends as its command ended.",
  ...STATUSES.flatMap(([status, text]) => entry(status, text)),
];

const FILES: readonly string[] = [
  ".SH FILES",
  ...entry("vaultlink.json", "Links of a project; the nearest one upwards from the working directory."),
  ...entry("~/.config/vaultlink/config.json", "Your own connections, links and settings."),
];
