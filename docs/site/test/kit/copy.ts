import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** The folder of the package: examples find their packages from below it. */
export const SITE: string = fileURLToPath(new URL("../../", import.meta.url));
/** The files that the pages show. */
export const EXAMPLES: string = join(SITE, "examples");

/** What stands on the page, and what stands for it on this machine: addresses, ports and files. */
export type Substitutions = Readonly<Record<string, string>>;

/**
 * Copies the examples as they are, but for the addresses, for the length of the test, and gives the folder. The drivers,
 * which use them as a program would, are copied beside them.
 *
 * @throws Error if no example has one of the texts to be replaced: then a page was changed and its test was not.
 */
export async function copyExamples(substitutions: Substitutions): Promise<string> {
  const folder = await mkdtemp(join(SITE, ".running-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const copy = join(folder, "examples");
  await cp(EXAMPLES, copy, { recursive: true });
  await cp(join(SITE, "test", "drivers"), join(folder, "test", "drivers"), { recursive: true });
  const used = new Set<string>();
  for (const entry of await readdir(copy, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    let text = await readFile(file, "utf8");
    for (const [shown, real] of Object.entries(substitutions)) {
      if (text.includes(shown)) used.add(shown);
      text = text.replaceAll(shown, real);
    }
    await writeFile(file, text);
  }
  const unused = Object.keys(substitutions).filter((shown) => !used.has(shown));
  if (unused.length > 0) throw new Error(`No example has ${unused.join(", ")}.`);
  return copy;
}
