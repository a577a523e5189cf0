import type { Worker } from "node:worker_threads";
import {
  abortable,
  askWorker,
  cancelled,
  findWorker,
  SecretError,
  startWorker,
  type WorkerProgram,
} from "@vaultlink/core/provider";
import { toError } from "./errors.ts";
import type { JobRunner } from "./job-runner.ts";
import type { Job, Reply, SignIn } from "./protocol.ts";
import { UNLOCK } from "./errors/desktop.ts";

/** The thread that holds the SDK, seen from outside. */
export interface Thread extends JobRunner {
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

/** Finds the thread's program: `module` is the `import.meta` of this one. Throws `invalid_config` where it is not to be found. */
export function findProgram(module: { readonly url?: string } = import.meta): WorkerProgram {
  return findWorker({
    module,
    source: "./worker/worker.ts",
    bundled: "./onepassword-thread.js",
    package: "@vaultlink/provider-1password",
    needs: "1Password's SDK",
  });
}

/**
 * Makes the thread's outside; nothing runs before `start`. Throws `invalid_config` where the thread's program is not to be
 * found.
 */
export function createThread(
  about: Omit<SignIn, "type" | "sent">,
  env: Record<string, string>,
  program: WorkerProgram = findProgram(),
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
  const request = async (job: Job, signal: AbortSignal): Promise<Reply> => {
    if (running === undefined) {
      // The caller's way through the network, and nothing of this process.
      const worker = startWorker(program, { env });
      running = worker;
      // An error comes before the end that it leads to: nothing more is asked of such a thread.
      const gone = (): void => {
        if (running === worker) running = undefined;
      };
      worker.once("error", gone).once("exit", gone);
    }
    try {
      const reply = await askWorker<Reply>(running, {
        signal,
        message: job,
        failure: "The thread that asks 1Password failed.",
      });
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
    await request(signIn, signal);
  };
  const inTurn = <T>(signal: AbortSignal, use: () => Promise<T>): Promise<T> => {
    const turn = last.then(use);
    last = turn.catch(() => {});
    return abortable(turn, signal);
  };
  return {
    start: (signal) => inTurn(signal, () => signedIn(signal)),
    run: (job, signal) =>
      inTurn(signal, async () => {
        await signedIn(signal);
        return request(job, signal);
      }),
    // The SDK lists the vaults, and asks each vault twice.
    costs: { ofBatch: (vaults) => 1 + 2 * vaults, atOnce: 1 },
    requests: () => Atomics.load(new Int32Array(sent), 0),
    close: async () => {
      closed = true;
      await end();
    },
  };
}

const lost = (): SecretError =>
  new SecretError("unauthenticated", "A call to the 1Password app was given up, and its session with it.", {
    hint: UNLOCK,
  });
