import type { Command } from "commander";
import { expect, it } from "vitest";
import type { CliCommand } from "./command.ts";
import { createProgram } from "./program.ts";

const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)];

/** The lines of every command's help that stand under a heading for any shell. */
const LINES = all(createProgram(() => {})).flatMap((command) => {
  const help: string[] = [];
  (command as CliCommand).configureOutput({ writeOut: (text) => void help.push(text) });
  command.outputHelp();
  return [...help.join("").matchAll(/\nExamples:\n((?: {2}.*\n?)+)/g)].flatMap(([, lines = ""]) =>
    lines
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  );
});

it("there are some", () => {
  expect(LINES.length).toBeGreaterThan(30);
});

// cmd takes single quotes for text, PowerShell has no <, and each has other variables.
it.each(LINES)("%s means the same in bash, zsh, fish, PowerShell and cmd", (line) => {
  expect(line.replaceAll(/"[^"$`!%\\]*"/g, "")).not.toMatch(/['<>$`*?&;%^"!\\]/);
});
