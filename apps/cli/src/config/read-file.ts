import { constants } from "node:fs";
import { close, fstat, lstat, open, readFile } from "./file-calls.ts";
import { type Reader, refuseWritable, refuseWritableFolders } from "./permissions.ts";
import { configError } from "./config-error.ts";

const MAX_BYTES = 4 * 1024 * 1024;
/** A FIFO would have us wait for whoever writes to it. Windows has no such flag, and no such files. */
const { O_RDONLY } = constants;
const O_NONBLOCK = constants.O_NONBLOCK ?? 0;

/**
 * The text of a configuration file, or `undefined` where there is none. Throws `invalid_config` for what is no text file, for
 * a link that leads nowhere, and for what other users may write.
 */
export async function readText(file: string, reader: Reader): Promise<string | undefined> {
  await refuseWritableFolders(file, reader);
  const descriptor = await open(file, O_RDONLY | O_NONBLOCK).catch((error: NodeJS.ErrnoException) =>
    explain(file, error.code),
  );
  if (descriptor === undefined) return undefined;
  try {
    const about = await fstat(descriptor);
    if (!about.isFile()) throw configError(file, "It is not a regular file.");
    refuseWritable(file, about, reader);
    if (about.size > MAX_BYTES) throw configError(file, "It is larger than 4 MiB.");
    return decode(file, await readFile(descriptor));
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).errno !== "number") throw error;
    throw configError(file, "It cannot be read.");
  } finally {
    await close(descriptor);
  }
}

/** `undefined` for what is not there. */
async function explain(file: string, code: string | undefined): Promise<undefined> {
  switch (code) {
    case "ENOENT":
      if ((await lstat(file).catch(() => undefined)) === undefined) return undefined;
      throw configError(file, "It is a link to a file that does not exist.");
    case "ENOTDIR":
      return undefined;
    case "ENXIO":
      throw configError(file, "It is not a regular file.");
    case "EACCES":
      throw configError(file, "It may not be read.");
    default:
      throw configError(file, "It cannot be opened.");
  }
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    // The byte order mark that some Windows editors write is kept, so that an edit leaves it in place.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw configError(file, "It is not UTF-8 text.");
  }
}
