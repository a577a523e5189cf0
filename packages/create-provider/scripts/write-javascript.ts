import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { toJavaScript } from "./to-javascript.ts";

const TEMPLATE = fileURLToPath(new URL("../template/", import.meta.url));
const JAVASCRIPT = fileURLToPath(new URL("../dist/javascript/", import.meta.url));

/** Writes the template in plain JavaScript, here: taking types out needs a newer Node than those who use the template. */
export async function writeJavaScript(): Promise<void> {
  for (const entry of await readdir(TEMPLATE, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
    const path = join(entry.parentPath, entry.name);
    const target = join(JAVASCRIPT, path.slice(TEMPLATE.length).replace(/\.ts$/, ".js"));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, toJavaScript(await readFile(path, "utf8")));
  }
}
