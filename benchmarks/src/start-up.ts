import { fileURLToPath } from "node:url";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { report } from "./report.ts";
import { run } from "./run-process.ts";
import { inTurn, median, ratio } from "./statistics.ts";

const ROUNDS = 21;
const IMPORT = "const t = performance.now(); await import(process.argv[1]); console.log(performance.now() - t);";

/** What starting costs: the command beside bare Node, core beside an empty module. */
export async function startUp(cli: string): Promise<void> {
  const processes = await inTurn(ROUNDS, {
    node: async () => (await run([process.execPath, "-e", "0"])).ms,
    version: async () => (await run([process.execPath, cli, "--version"])).ms,
  });
  report("Start of the command, beside bare Node", [
    { what: "node -e 0", value: median(processes.node), unit: "ms" },
    { what: "vaultlink --version", value: median(processes.version), unit: "ms" },
    { what: "ratio", value: ratio(processes.version, processes.node), unit: "×", goal: 1.3 },
  ]);
  const folder = mkdtempSync(join(tmpdir(), "vaultlink-bench-"));
  try {
    const empty = join(folder, "empty.mjs");
    writeFileSync(empty, "export {};\n");
    const core = fileURLToPath(new URL("../../packages/core/dist/index.js", import.meta.url));
    const imports = await inTurn(ROUNDS, { empty: () => importing(empty), core: () => importing(core) });
    report("Import of @vaultlink/core, beside an empty module", [
      { what: "empty module", value: median(imports.empty), unit: "ms" },
      { what: "@vaultlink/core", value: median(imports.core), unit: "ms", goal: 5 },
      { what: "ratio", value: ratio(imports.core, imports.empty), unit: "×" },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function importing(path: string): Promise<number> {
  const { stdout } = await run([process.execPath, "--input-type=module", "-e", IMPORT, pathToFileURL(path).href]);
  return Number(stdout);
}
