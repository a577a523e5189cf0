import { open } from "node:fs/promises";
import { fileProblem } from "./problem.ts";

const MAX_BYTES = 4 * 1024 * 1024;

/** The text of a configuration file, or `undefined` where there is none. Throws `invalid_config` for what is no text file. */
export async function readText(file: string): Promise<string | undefined> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw fileProblem(file, error.code === "EACCES" ? "It may not be read." : "It cannot be opened.");
  });
  if (handle === undefined) return undefined;
  try {
    const about = await handle.stat();
    if (!about.isFile()) throw fileProblem(file, "It is not a regular file.");
    if (about.size > MAX_BYTES) throw fileProblem(file, "It is larger than 4 MiB.");
    return decode(file, await handle.readFile());
  } finally {
    await handle.close();
  }
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    // The byte order mark that some Windows editors write is kept, so that an edit leaves it in place.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw fileProblem(file, "It is not UTF-8 text.");
  }
}
