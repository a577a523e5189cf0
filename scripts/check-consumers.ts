import { startAws, startAzure, startOnePassword, startVault } from "@vaultlink/stand-ins";
import { copyFileSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BUNDLES, makeBundle } from "./consumers/bundles.ts";
import { packCommand } from "./consumers/command.ts";
import { installAsStranger, runIn } from "./consumers/tools.ts";
import { nodeProgram } from "./packages/node-program.ts";

/*
 * Installs the packed libraries with npm in an empty folder, and uses them as strangers do: their compilers, their
 * bundlers, their runtimes, each reading one secret of each vault from the stand-ins; and the packed command, starting a
 * program with many links. `--quick`: compilers, Nodes and esbuild alone.
 */
const EXPECTED: Readonly<Record<string, string>> = {
  AWS: "5432",
  AZURE: "5432",
  HASHICORP: "5432",
  ONEPASSWORD: "app",
};

const root = join(import.meta.dirname, "..");
const { quick } = parseArgs({ options: { quick: { type: "boolean", default: false } } }).values;
const folder = mkdtempSync(join(tmpdir(), "vaultlink-consumers-"));
const vault = await startVault();
const standIns = [vault, ...(await Promise.all([startAws(), startAzure(), startOnePassword()]))];
const { PATH, HOME } = process.env;
const env = Object.assign(
  { PATH, HOME, TMPDIR: folder },
  ...standIns.map((standIn) => standIn.env),
) as NodeJS.ProcessEnv;

let failures = 0;
function report(title: string, problem: string | undefined): void {
  console.log(`${problem === undefined ? "ok   " : "fails"} ${title}${problem === undefined ? "" : `: ${problem}`}`);
  if (problem !== undefined) failures += 1;
}

/** Runs the program; says what differs from the values, or from the sentence where there can be none. */
async function reads(
  command: readonly [string, ...string[]],
  cannot: readonly string[] = [],
): Promise<string | undefined> {
  const { ok, text } = await runIn(folder, env, command);
  const line = text.split("\n").find((found) => found.startsWith("{"));
  if (!ok || line === undefined) return text.trim().slice(0, 500);
  const told = JSON.parse(line) as Record<string, string>;
  const wrong = Object.keys(EXPECTED).filter((name) =>
    cannot.includes(name) ? !/^invalid_config: .*\bexternal\b/.test(told[name] ?? "") : told[name] !== EXPECTED[name],
  );
  return wrong.length === 0 ? undefined : wrong.map((name) => `${name}: ${told[name]}`).join("; ");
}

async function compilers(): Promise<void> {
  for (const version of ["typescript-5.9", "typescript-7"]) {
    for (const [module, resolution] of [
      ["nodenext", "nodenext"],
      ["esnext", "bundler"],
    ] as const) {
      const { ok, text } = await runIn(folder, process.env, [
        ...([process.execPath, join("node_modules", version, "bin", "tsc"), "--noEmit", "use.ts"] as const),
        ...["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--skipLibCheck", "false"],
        ...["--target", "es2023", "--types", "node", "--module", module, "--moduleResolution", resolution],
      ]);
      report(`${version}, ${resolution}, strict, skipLibCheck false`, ok ? undefined : text.trim().slice(0, 500));
    }
  }
}

async function runtimes(): Promise<void> {
  const command = packCommand(root, folder, vault);
  for (const version of ["22.12.0", "24", "26"]) {
    const node = nodeProgram(version, tmpdir());
    report(`Node ${version}`, await reads([node, "program.mjs"]));
    report(`Node ${version}, the command with eleven links`, await command.runs(node));
  }
  if (quick) return;
  const found = (pattern: string): string => join(folder, globSync(pattern, { cwd: folder })[0] ?? pattern);
  report("Bun 1.4.5", await reads([found("node_modules/bun/bin/bun.exe"), "program.mjs"]));
  report("Deno 2.9.6", await reads([found("node_modules/@deno/*/deno"), "run", "--allow-all", "program.mjs"]));
}

try {
  installAsStranger(root, folder);
  for (const file of ["program.mjs", "use.ts"]) {
    copyFileSync(join(import.meta.dirname, "consumers", file), join(folder, file));
  }
  await compilers();
  await runtimes();
  for (const bundle of BUNDLES.filter(({ title }) => !quick || title.startsWith("esbuild"))) {
    const complaint = await makeBundle(folder, bundle);
    report(bundle.title, complaint ?? (await reads([process.execPath, bundle.file], bundle.cannot)));
  }
} finally {
  await Promise.all(standIns.map((standIn) => standIn.stop()));
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
