#!/usr/bin/env node
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { answersOf, USAGE } from "./answers.ts";
import { filesFor } from "./files.ts";

const TEMPLATE = new URL("../template/", import.meta.url);
const MANIFEST = new URL("../package.json", import.meta.url);

// Node calls taking types out of TypeScript an experiment, which is no news to whoever starts a provider.
process.removeAllListeners("warning");
process.exitCode = await main(process.argv.slice(2));

async function main(given: readonly string[]): Promise<number> {
  const answers = answersOf(given);
  if (answers === undefined) {
    process.stderr.write(`Say what the provider is called: lower-case letters, digits and dashes.\n\n${USAGE}`);
    return 64;
  }
  if (await isUsed(answers.folder)) {
    process.stderr.write(`The folder ${answers.folder} is there already, and not empty.\n`);
    return 73;
  }
  const template = new Map<string, string>();
  for (const entry of await readdir(TEMPLATE, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    template.set(path.slice(decodeURIComponent(TEMPLATE.pathname).length), await readFile(path, "utf8"));
  }
  const { version } = JSON.parse(await readFile(MANIFEST, "utf8")) as { version: string };
  for (const [path, text] of filesFor(template, answers, { core: `^${version}`, testkit: `^${version}` })) {
    const target = join(answers.folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  const manager = managerOf(process.env["npm_config_user_agent"]);
  const next = [`cd ${answers.folder}`, `${manager} install`, `${manager} test`];
  process.stdout.write(`Made ${answers.folder}. Next:\n\n${next.map((line) => `  ${line}\n`).join("")}`);
  return 0;
}

/** The package manager that started this: each says so in a variable, as npm does. */
function managerOf(agent: string | undefined): string {
  return /^(npm|pnpm|yarn|bun)\//.exec(agent ?? "")?.[1] ?? "npm";
}

async function isUsed(folder: string): Promise<boolean> {
  return readdir(folder).then(
    (files) => files.length > 0,
    () => false,
  );
}
