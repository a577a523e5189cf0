import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { liveInProcess } from "./live-in-process.ts";
import { type Mutant, MUTANTS } from "./mutants.ts";

const PACKAGE = join(import.meta.dirname, "../..");
/** Histories in which a mistake must be noticed. */
const RUNS = 300;

/** A copy of the agent's sources with one mistake in it; `remove` deletes it. Throws where the mistake can't be made. */
function copyWith({ edits, name }: Mutant): { readonly operations: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "vaultlink-mutant-"));
  cpSync(join(PACKAGE, "src"), join(folder, "src"), { recursive: true });
  cpSync(join(PACKAGE, "package.json"), join(folder, "package.json"));
  symlinkSync(join(PACKAGE, "node_modules"), join(folder, "node_modules"), "junction");
  for (const { file, from, to } of edits) {
    const path = join(folder, "src", file);
    const parts = readFileSync(path, "utf8").split(from);
    if (parts.length !== 2) throw new Error(`${name}: its text stands ${parts.length - 1} times in ${file}.`);
    writeFileSync(path, parts.join(to));
  }
  return {
    operations: pathToFileURL(join(folder, "src/operations/operations.ts")).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

describe.concurrent("the model of the agent notices", () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))("%s", { timeout: 300_000 }, async (_, mutant) => {
    const { operations, remove } = copyWith(mutant);
    try {
      const report = await liveInProcess(operations, { seed: 1, runs: RUNS, shorten: false });
      expect(report.failed, `${report.tried} histories lived`).toBe(true);
    } finally {
      remove();
    }
  });
});
