import type { Command } from "commander";
import { expect, it } from "vitest";
import { fieldsOf } from "../options/fields.ts";
import { flagsOf } from "../options/flags.ts";
import { loadPlugin, PROVIDERS } from "../providers.ts";
import { CliCommand } from "./command.ts";
import { addFlags } from "./flags.ts";
import { createProgram } from "./program.ts";

interface Used {
  readonly flag: string;
  readonly command: string;
  /** How it is written, with its value and its short form. */
  readonly written: string;
  readonly sentence: string;
}

const optionsOf = (command: Command, path: string): readonly Used[] => [
  ...command.options.map(({ long, flags, description }) => ({
    ...{ flag: long ?? flags, command: path, written: flags, sentence: description },
  })),
  ...command.commands.flatMap((one) => optionsOf(one, `${path} ${one.name()}`.trim())),
];

/** The flags of every command, by flag. */
function byFlag(all: readonly Used[]): readonly (readonly [string, readonly Used[]])[] {
  return [...new Set(all.map(({ flag }) => flag))].map((flag) => [flag, all.filter((one) => one.flag === flag)]);
}

const program = createProgram(() => {});
const plugins = await Promise.all(Object.keys(PROVIDERS).map((name) => loadPlugin(PROVIDERS, name)));
const ofProviders = plugins.flatMap((plugin) => {
  const command = new CliCommand(plugin.name);
  addFlags(command, flagsOf(fieldsOf(plugin)));
  return optionsOf(command, `connect ${plugin.name}`);
});

it("has --json at every command that does something", () => {
  const without = (command: Command): readonly string[] => [
    ...(command.commands.length === 0 && !command.options.some(({ long }) => long === "--json")
      ? [command.name()]
      : []),
    ...command.commands.flatMap((one) => without(one)),
  ];
  // A window has nothing to print.
  expect(without(program)).toEqual(["ui"]);
});

it.each(byFlag(optionsOf(program, "")))("%s is written alike and means one thing in every command", (_flag, used) => {
  expect(new Set(used.map(({ written, sentence }) => `${written} ${sentence}`)).size).toBe(1);
});

it.each(byFlag(ofProviders))("%s of a provider takes the same kind of value with all of them", (flag, used) => {
  expect(new Set(used.map(({ written }) => written)).size).toBe(1);
  // What every command has is no provider's.
  expect(["--json", "--help", "--version"]).not.toContain(flag);
});
