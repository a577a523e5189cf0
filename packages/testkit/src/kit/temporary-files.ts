import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Variables that say where temporary files go. */
const FOLDER = ["TMPDIR", "TEMP", "TMP"] as const;

/** Runs a call, to which a folder of its own is the one of temporary files, and says what stands in those it left there. */
export async function temporaryFiles(call: () => Promise<void>): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "vaultlink-kit-"));
  const before = FOLDER.map((name) => [name, process.env[name]] as const);
  for (const name of FOLDER) process.env[name] = folder;
  try {
    await call();
    return await contents(folder);
  } finally {
    for (const [name, held] of before) {
      if (held === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = held;
    }
    await rm(folder, { recursive: true, force: true });
  }
}

async function contents(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(files.map((file) => readFile(file, "latin1")));
}
