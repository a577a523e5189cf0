import { fstatSync, writeSync } from "node:fs";
import { CliError } from "../failure.ts";

/**
 * Hands bytes over to standard output, all of them. Whoever reads may stop early, as `head` does: that is no failure. Throws
 * `output` for anything else, such as a full disk.
 */
export async function writeOut(bytes: string | Uint8Array): Promise<void> {
  try {
    const rest = writeAtOnce(1, bytes);
    if (rest.length > 0) await writeTo(process.stdout, rest);
  } catch (error) {
    if (!isClosedPipe(error)) throw readable(error);
  }
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
    throw readable(error);
  }
}

/** Whether a write failed since whoever read has stopped. */
export const isClosedPipe = (thrown: unknown): boolean => (thrown as NodeJS.ErrnoException).code === "EPIPE";

/** Hands a text over to standard error. What cannot be said there cannot be said at all. */
export async function writeErr(text: string): Promise<void> {
  try {
    const rest = writeAtOnce(2, text);
    if (rest.length > 0) await writeStream(process.stderr, rest);
  } catch {
    // Nobody would hear of it.
  }
}

/** The same without waiting for it. */
export function say(text: string): void {
  void writeErr(text);
}

/** What a pipe takes as a whole, or not at all (PIPE_BUF of pipe(7)). */
const AT_ONCE = 4096;
/** Whether a stream of Node's may hold bytes that come first. */
const inUse: { 1: boolean; 2: boolean } = { 1: false, 2: false };

/**
 * Writes a little without Node's stream, which takes longer to load than most output to write. Gives back what is left
 * for the stream: what is longer, what a full pipe does not take now, and on Windows, whose consoles take text, all.
 */
function writeAtOnce(fd: 1 | 2, content: string | Uint8Array): Uint8Array {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  if (process.platform === "win32" || inUse[fd] || bytes.length > AT_ONCE) return bytes;
  try {
    return bytes.subarray(writeSync(fd, bytes));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return bytes;
    throw error;
  }
}

/** A disk that fills takes a part and says so by the count alone, which Node's own stream does not look at. */
async function writeFile(fd: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}

/** Waits until a text is handed over: a pipe would lose the rest when the process ends. */
function writeStream(stream: NodeJS.WriteStream & { readonly fd: number }, bytes: string | Uint8Array): Promise<void> {
  if (stream.fd === 1 || stream.fd === 2) inUse[stream.fd] = true;
  return new Promise((resolve, reject) => {
    // The failure of a write comes to its callback; without a listener it would end the process, too.
    if (stream.listenerCount("error") === 0) stream.on("error", () => {});
    stream.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** A failure of the system's as the command tells it. */
function readable(thrown: unknown): unknown {
  if (isClosedPipe(thrown) || thrown instanceof CliError) return thrown;
  const { code } = thrown as NodeJS.ErrnoException;
  return new CliError("output", `The output could not be written (${code ?? "unknown"}).`);
}

/** A stream whose failures are not told: a terminal that is gone shows nothing. */
export function silent<Stream extends NodeJS.WriteStream>(stream: Stream): Stream {
  stream.on("error", () => {});
  return stream;
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}
