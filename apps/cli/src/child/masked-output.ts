import type { ChildProcess } from "node:child_process";
import { fstatSync } from "node:fs";
import type { Readable } from "node:stream";
import { ENDING } from "../interrupts.ts";
import type { Automaton } from "../mask/automaton.ts";
import { maskStream } from "../mask/stream.ts";
import { isClosedPipe, type StandardStream, writeTo } from "../output/streams.ts";
import { openPipe, type Pipe } from "./pipe.ts";

/** Which of a child's streams are masked, and by what. */
export interface OutputMask {
  readonly automaton: () => Automaton;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** The masked streams of a child. */
export interface MaskedOutput {
  /** What the child gets for a stream of this number, if that is masked. */
  stdio(number: 1 | 2): number | "pipe" | undefined;
  /** Begins to copy, once the child is there. */
  start(child: ChildProcess): void;
  /** All was copied, or a signal says not to wait for what still holds the streams open. Throws `output`. */
  finished(): Promise<void>;
  /** Closes what is still open. */
  close(): void;
}

/** Opens what a child's masked streams go through. Two that lead to one place share a pipe, so that their order is kept. */
export async function openMaskedOutput({ automaton, stdout, stderr }: OutputMask): Promise<MaskedOutput> {
  const one = stdout ? await openPipe() : undefined;
  const sharesPipe = stdout && stderr && one !== undefined && leadToOnePlace();
  const two = stderr && !sharesPipe ? await openPipe() : undefined;
  const opened = [one, two].filter((pipe): pipe is Pipe => pipe !== undefined);
  const copies: Promise<void>[] = [];
  const sources: Readable[] = [];
  const copy = (source: Readable | null, sink: () => StandardStream): void => {
    if (source === null) return;
    sources.push(source);
    const copying = copyMasked(source, sink, automaton);
    // The child goes on, and ends in its own way; then the failure is told.
    copying.catch(() => {});
    copies.push(copying);
  };
  return {
    stdio(number) {
      if (number === 1) return stdout ? (one?.descriptor ?? "pipe") : undefined;
      return stderr ? ((sharesPipe ? one : two)?.descriptor ?? "pipe") : undefined;
    },
    start(child) {
      for (const pipe of opened) pipe.release();
      if (stdout) copy(one?.source ?? child.stdout, () => process.stdout);
      if (stderr && !sharesPipe) copy(two?.source ?? child.stderr, () => process.stderr);
    },
    async finished() {
      const all = Promise.all(copies);
      // A process that the child left behind may hold a stream open for as long as it likes.
      await orSignal(all, () => sources.forEach((source) => source.destroy()));
    },
    close() {
      for (const pipe of opened) pipe.release();
      for (const { source } of opened) source.destroy();
    },
  };
}

/** Ends when the source does. Whoever reads may stop: then the source is closed, and the child finds out as it would without us. */
async function copyMasked(source: Readable, sink: () => StandardStream, automaton: () => Automaton): Promise<void> {
  try {
    await maskStream(source, { automaton, write: (bytes) => writeTo(sink(), bytes) });
  } catch (error) {
    if (!isClosedPipe(error) && !wasGivenUp(error)) throw error;
  }
}

/** Node's word for a stream that was destroyed while it was read. */
const wasGivenUp = (thrown: unknown): boolean =>
  (thrown as NodeJS.ErrnoException).code === "ERR_STREAM_PREMATURE_CLOSE";

async function orSignal(work: Promise<unknown>, giveUp: () => void): Promise<void> {
  for (const signal of ENDING) process.once(signal, giveUp);
  try {
    await work;
  } finally {
    for (const signal of ENDING) process.off(signal, giveUp);
  }
}

/** Whether both streams are the same file or pipe, as after `2>&1`. */
function leadToOnePlace(): boolean {
  try {
    const [one, two] = [fstatSync(1), fstatSync(2)];
    return one.dev === two.dev && one.ino === two.ino;
  } catch {
    return false;
  }
}
