import { Worker } from "node:worker_threads";
import { SecretError } from "@vaultlink/core/provider";
import { toError } from "./errors.ts";
import type { Line } from "./line.ts";
import type { Job, Reply, SignIn } from "./protocol.ts";
import { UNLOCK } from "./rows/desktop.ts";
import { findProgram, type ThreadProgram } from "./thread-program.ts";

/** The thread that holds the SDK, seen from outside. */
export interface Thread extends Line {
  /**
   * Does a job, after those that were given before. When the signal aborts while the job is being done, the thread is
   * ended, and the next job starts another. Throws what the job's failure means, or `aborted`.
   */
  readonly run: (job: Exclude<Job, SignIn>, signal: AbortSignal) => Promise<Reply>;
  /** Starts the thread and signs in. */
  readonly start: (signal: AbortSignal) => Promise<void>;
  /** Of this thread and those before it. */
  readonly requests: () => number;
}

/**
 * Makes the thread's outside; nothing runs before `start`. Throws `invalid_config` where the thread's program is not to be
 * found.
 */
export function createThread(
  about: Omit<SignIn, "type" | "sent">,
  env: Record<string, string>,
  program: ThreadProgram = findProgram(),
): Thread {
  const sent = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const signIn: SignIn = { type: "sign-in", ...about, sent };
  let running: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  let started = false;

  const end = async (): Promise<void> => {
    const worker = running;
    running = undefined;
    await worker?.terminate();
  };
  const ask = async (job: Job, signal: AbortSignal): Promise<Reply> => {
    if (running === undefined) {
      const worker = startWorker(program, env);
      running = worker;
      // An error comes before the end that it leads to: nothing more is asked of such a thread.
      const gone = (): void => {
        if (running === worker) running = undefined;
      };
      worker.once("error", gone).once("exit", gone);
    }
    try {
      const reply = await answerOf(running, job, signal);
      if (reply.type === "failed") throw toError(reply.failure);
      return reply;
    } catch (thrown) {
      const lost = !(thrown instanceof SecretError) || thrown.code === "aborted" || job.type === "sign-in";
      if (lost) await end();
      throw thrown;
    }
  };
  const signedIn = async (signal: AbortSignal): Promise<void> => {
    if (closed) throw new SecretError("aborted", "The session was closed.");
    if (signal.aborted) throw cancelled();
    if (running !== undefined) return;
    // The app would ask its person, and nobody said that one is there.
    if (started && signIn.credential.by === "desktop") throw lost();
    started = true;
    await ask(signIn, signal);
  };
  const inTurn = <T>(signal: AbortSignal, use: () => Promise<T>): Promise<T> => {
    const turn = last.then(use);
    last = turn.catch(() => {});
    return orAborted(turn, signal);
  };
  return {
    start: (signal) => inTurn(signal, () => signedIn(signal)),
    run: (job, signal) =>
      inTurn(signal, async () => {
        await signedIn(signal);
        return ask(job, signal);
      }),
    requests: () => Atomics.load(new Int32Array(sent), 0),
    close: async () => {
      closed = true;
      await end();
    },
  };
}

function startWorker({ url, execArgv }: ThreadProgram, env: Record<string, string>): Worker {
  const worker = new Worker(url, {
    // The caller's way through the network, and nothing of this process.
    env,
    execArgv: [...execArgv],
    // The SDK prints with `console`; nothing of it is shown.
    stdout: true,
    stderr: true,
  });
  // While nobody waits, an end of the thread shows in the next job.
  worker.on("error", () => {});
  worker.unref();
  return worker;
}

/** The thread's answer to one job. Throws `aborted` with the signal, `internal` if the thread ends instead. */
async function answerOf(worker: Worker, job: Job, signal: AbortSignal): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const gone = (): void => reject(new SecretError("internal", "The thread that asks 1Password failed."));
  const cancel = (): void => reject(cancelled());
  worker.once("message", resolve).once("error", gone).once("exit", gone);
  signal.addEventListener("abort", cancel, { once: true });
  // Somebody waits: the process must not end meanwhile.
  worker.ref();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
  worker.postMessage(job);
  try {
    return await promise;
  } catch (thrown) {
    throw thrown instanceof SecretError
      ? thrown
      : new SecretError("internal", "The thread that asks 1Password failed.");
  } finally {
    signal.removeEventListener("abort", cancel);
    worker.off("message", resolve).off("error", gone).off("exit", gone);
    worker.unref();
  }
}

/** Whoever waits for a turn stops waiting with the signal; the turn itself sees the signal too. */
async function orAborted<T>(turn: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const cancel = (): void => reject(cancelled());
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    return await Promise.race([turn, promise]);
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

const lost = (): SecretError =>
  new SecretError("unauthenticated", "A call to the 1Password app was given up, and its session with it.", {
    hint: UNLOCK,
  });
const cancelled = (): SecretError => new SecretError("aborted", "The call was cancelled.");
