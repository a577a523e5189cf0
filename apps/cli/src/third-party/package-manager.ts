import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { quoteShell } from "../output/quote-shell.ts";

const ADD: Readonly<Record<string, string>> = {
  npm: "npm install",
  pnpm: "pnpm add",
  yarn: "yarn add",
  bun: "bun add",
};

const LOCKFILES: Readonly<Record<string, string>> = {
  "pnpm-lock.yaml": "pnpm",
  "yarn.lock": "yarn",
  "bun.lock": "bun",
  "package-lock.json": "npm",
};

/** The command that installs a package for a folder, in the words of the package manager that its project has. */
export function installCommand(name: string, folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const manager = managerAt(at);
    if (manager !== undefined) return `${ADD[manager]} ${name}`;
    if (dirname(at) === at) return `npm install ${name}`;
  }
}

/**
 * The same where no project is: beside the command, where npm installed that globally, else into the folder of the user's own
 * configuration. `folders`: that one, and the command's own.
 */
export function installForUser(name: string, [own = "", command = ""]: readonly string[]): string {
  return isGlobal(command) ? `npm install --global ${name}` : `npm install --prefix ${quoteShell(own)} ${name}`;
}

/** Whether the command runs from where npm puts what is global: https://docs.npmjs.com/cli/configuring-npm/folders#node-modules */
const isGlobal = (command: string): boolean => /\/lib\/node_modules\/vaultlink\/[^/]+$/.test(command);

function managerAt(folder: string): string | undefined {
  const named = /"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@/.exec(textAt(folder, "package.json") ?? "")?.[1];
  if (named !== undefined) return named;
  return Object.entries(LOCKFILES).find(([file]) => textAt(folder, file) !== undefined)?.[1];
}

function textAt(folder: string, file: string): string | undefined {
  try {
    return readFileSync(join(folder, file), "utf8");
  } catch {
    return undefined;
  }
}
