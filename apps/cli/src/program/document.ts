import type { Command } from "commander";
import { createProgram } from "./program.ts";

const HEAD = `# Commands

Written by \`pnpm run docs\` in \`apps/cli\` from the definitions of the commands; do not edit.

With \`--json\` a command prints one JSON object on standard output: its result, or \`error\` and the same exit status. The
package describes each in \`schema/output\`, as JSON Schema: \`get.json\`, \`cache-status.json\` and so on.
`;

/** The reference page of all commands: what \`--help\` says of each, in one place. */
export function commandPage(): string {
  const program = createProgram(() => {});
  return [HEAD, ...sections(program, [])].join("\n");
}

function sections(command: Command, parents: readonly string[]): readonly string[] {
  const path = [...parents, command.name()];
  const own = parents.length === 0 ? [] : [section(command, path)];
  return [...own, ...command.commands.flatMap((one) => sections(one, path))];
}

function section(command: Command, path: readonly string[]): string {
  let text = "";
  command.configureOutput({
    writeOut: (part) => (text += part),
    getOutHelpWidth: () => 100,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return `## ${path.join(" ")}\n\n\`\`\`text\n${text.trim()}\n\`\`\`\n`;
}
