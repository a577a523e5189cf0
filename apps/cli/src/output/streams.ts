import { fstatSync, writeSync } from "node:fs";
import { CliError } from "../failure.ts";

/**
 * Hands bytes over to standard output, all of them. Whoever reads may stop early, as `head` does: that is no failure. Throws
 * `output` for anything else, such as a full disk.
 */
export async function writeOut(bytes: string | Uint8Array): Promise<void> {
  await writeTo(process.stdout, bytes).catch((error: unknown) => {
    if (!isClosedPipe(error)) throw error;
  });
}

/** Standard output or error. */
export type StandardStream = NodeJS.WriteStream & { readonly fd: number };

/**
 * Hands bytes over to one of the standard streams, all of them. Throws `output` for what cannot be written, and what
 * `isClosedPipe` knows where nobody reads any more.
 */
export async function writeTo(stream: StandardStream, bytes: string | Uint8Array): Promise<void> {
  try {
    await (isFile(stream.fd) ? writeFile(stream.fd, Buffer.from(bytes)) : writeStream(stream, bytes));
  } catch (error) {
    if (isClosedPipe(error)) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError("output", `The output could not be written (${code ?? "unknown"}).`);
  }
}

/** Whether a write failed since whoever read has stopped. */
export const isClosedPipe = (thrown: unknown): boolean => (thrown as NodeJS.ErrnoException).code === "EPIPE";

/** Hands a text over to standard error. What cannot be said there cannot be said at all. */
export async function writeErr(text: string): Promise<void> {
  await writeStream(process.stderr, text).catch(() => {});
}

/** A disk that fills takes a part and says so by the count alone, which Node's own stream does not look at. */
async function writeFile(fd: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}

/** Waits until a text is handed over: a pipe would lose the rest when the process ends. */
function writeStream(stream: NodeJS.WriteStream, bytes: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    // The failure of a write comes to its callback; without a listener it would end the process, too.
    if (stream.listenerCount("error") === 0) stream.on("error", () => {});
    stream.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}
