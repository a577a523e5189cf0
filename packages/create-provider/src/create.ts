import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Answers, askedFor, USAGE } from "./answers.ts";
import { filesFor } from "./files.ts";
import { isUsed, makeFolder, refusalOfFolder } from "./folders.ts";

const TEMPLATE = new URL("../template/", import.meta.url);
/** The same without its types, made when this package is built. */
const JAVASCRIPT = new URL("../dist/javascript/", import.meta.url);
const MANIFEST = new URL("../package.json", import.meta.url);

/** Makes what the arguments ask for, and says what to do next. Gives the exit status. */
export async function create(given: readonly string[]): Promise<number> {
  const asked = askedFor(given);
  if (asked === "help") {
    process.stdout.write(USAGE);
    return 0;
  }
  if ("refused" in asked) {
    process.stderr.write(`${asked.refused}\n\n${USAGE}`);
    return 64;
  }
  const { answers } = asked;
  try {
    return await make(answers);
  } catch (thrown) {
    const refusal = refusalOfFolder(thrown, answers.folder);
    if (refusal === undefined) throw thrown;
    process.stderr.write(`${refusal}\n`);
    return 73;
  }
}

async function make(answers: Answers): Promise<number> {
  if (await isUsed(answers.folder)) {
    process.stderr.write(`The folder ${answers.folder} is there already, and not empty.\n`);
    return 73;
  }
  const { version } = JSON.parse(await readFile(MANIFEST, "utf8")) as { version: string };
  const template = await templateIn(answers.language);
  for (const [path, text] of filesFor(template, answers, { core: `^${version}`, testkit: `^${version}` })) {
    const target = join(answers.folder, path);
    await makeFolder(dirname(target));
    await writeFile(target, text);
  }
  const manager = managerOf(process.env["npm_config_user_agent"]);
  const next = [`cd ${answers.folder}`, `${manager} install`, `${manager} test`, `${manager} run vault`];
  process.stdout.write(`Made ${answers.folder}. Next:\n\n${next.map((line) => `  ${line}\n`).join("")}`);
  return 0;
}

/** The template's files, by path, in the language that was asked for. */
async function templateIn(language: Answers["language"]): Promise<ReadonlyMap<string, string>> {
  const files = await filesIn(TEMPLATE);
  if (language === "typescript") return files;
  const others = [...files].filter(([path]) => !path.endsWith(".ts"));
  return new Map([...others, ...(await filesIn(JAVASCRIPT))]);
}

async function filesIn(url: URL): Promise<ReadonlyMap<string, string>> {
  const folder = fileURLToPath(url);
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length).replaceAll("\\", "/"), await readFile(path, "utf8"));
  }
  return files;
}

/** The package manager that started this: each says so in a variable, as npm does. */
function managerOf(agent: string | undefined): string {
  return /^(npm|pnpm|yarn|bun)\//.exec(agent ?? "")?.[1] ?? "npm";
}
