import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

/** A pipe of the system: what a child writes to the descriptor is read from the source. */
export interface Pipe {
  readonly source: Readable;
  /** The end that a child inherits. */
  readonly descriptor: number;
  /** Closes our own copy of that end, once: with it open the source would never end. */
  release(): void;
}

/**
 * Opens a pipe, or says `undefined` where that is not possible. Node connects children by sockets, and Linux refuses to open
 * those by a path: a script's `echo … > /dev/stderr` would fail. So the pipe is a FIFO, whose name is gone before a child has it.
 */
export async function openPipe(): Promise<Pipe | undefined> {
  if (process.platform !== "linux") return undefined;
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), "vaultlink-"));
    const fifo = join(folder, "pipe");
    await makeFifo(fifo);
    return connect(fifo);
  } catch {
    return undefined;
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function connect(fifo: string): Pipe {
  // The reading end first: opening the other one waits for it.
  const reading = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  const descriptor = openSync(fifo, constants.O_WRONLY);
  const { Socket } = process.getBuiltinModule("node:net");
  const source = new Socket({ fd: reading, readable: true, writable: false });
  let isOpen = true;
  const release = (): void => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  return { source, descriptor, release };
}

/** By the program of POSIX: Node has no call for it. */
function makeFifo(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const { spawn } = process.getBuiltinModule("node:child_process");
    const child = spawn("mkfifo", ["-m", "600", path], { stdio: "ignore", env: { PATH: "/usr/bin:/bin" } });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error("mkfifo failed."))));
  });
}
