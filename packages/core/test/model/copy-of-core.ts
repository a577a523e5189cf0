import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Mutant } from "./mutants/mutant.ts";

const PACKAGE = join(import.meta.dirname, "../..");

/** Core's own sources, as Node loads them. */
export const CORE: string = pathToFileURL(join(PACKAGE, "src/index.ts")).href;

/** A copy of core's sources with one mistake in it; `remove` deletes it. Throws where the mistake can't be made. */
export function copyWith({ name, edits }: Mutant): { readonly url: string; readonly remove: () => void } {
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
    url: pathToFileURL(join(folder, "src/index.ts")).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
