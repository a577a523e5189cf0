import type { Worker } from "node:worker_threads";
import type { Context } from "../contract/provider.ts";
import { isSecretError, SecretError } from "../errors/secret-error.ts";
import { cancelled } from "../async/deadline.ts";
import { invalidConfig } from "./check-options.ts";

/** Where the program of a thread lies. */
export interface WorkerFile {
  /**
   * The `import.meta` of the module that starts it, looked at when a thread is started and not before. It has no `url`
   * where somebody bundled the module as CommonJS.
   */
  readonly module: { readonly url?: string };
  /** Path from that module in the sources, e.g. `"./worker/worker.ts"`. */
  readonly source: string;
  /** Path from the bundle in the package, e.g. `"./sdk-thread.js"`. */
  readonly bundled: string;
  /** The package that holds it. */
  readonly package: string;
  /** What needs it: begins the sentence of the error. */
  readonly needs: string;
}

/** What a thread is started with. */
export interface WorkerProgram {
  readonly url: URL;
  readonly execArgv: readonly string[];
  /** Variables besides those of the caller. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Finds the program of a thread. Throws `invalid_config` where it is not, as in a bundle of somebody else's. */
export function findWorker(file: WorkerFile): WorkerProgram {
  const here = file.module.url ?? "";
  const sources = here.endsWith(".ts");
  const url = URL.parse(sources ? file.source : file.bundled, here);
  const { existsSync } = process.getBuiltinModule("node:fs");
  if (url?.protocol !== "file:" || !existsSync(url)) {
    throw invalidConfig(
      `${file.needs} needs a file that is not beside this bundle: keep ${file.package} external.`,
      `keep ${file.package} external in the bundler's options`,
    );
  }
  return { url, ...(sources ? forSources() : { execArgv: [] }) };
}

/** The sources' imports of each other need the same condition in the thread; Node may keep what it made of them. */
function forSources(): Pick<WorkerProgram, "execArgv" | "env"> {
  const { NODE_COMPILE_CACHE: kept } = process.env;
  return {
    execArgv: ["--conditions=source", "--disable-warning=ExperimentalWarning"],
    ...(kept !== undefined && { env: { NODE_COMPILE_CACHE: kept } }),
  };
}

/** What a thread sees of the caller. */
export interface WorkerStart {
  /** Its `process.env`; nothing of this process's own. */
  readonly env: Context["env"];
  /** Its `workerData`. No secrets that `postMessage` could bring: what a thread is started with could be printed. */
  readonly data?: object;
}

/** Starts a thread that shows nothing of what it prints. It keeps the process alive only while `askWorker` waits. */
export function startWorker({ url, execArgv, env: besides }: WorkerProgram, { env, data }: WorkerStart): Worker {
  // Loaded here: most ways of signing in need no thread.
  const { Worker: Thread } = process.getBuiltinModule("node:worker_threads");
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const worker = new Thread(url, {
    env: { ...Object.fromEntries(given), ...besides },
    execArgv: [...execArgv],
    ...(data !== undefined && { workerData: data }),
    stdout: true,
    stderr: true,
  });
  // While nobody waits, its end shows in the next question.
  worker.on("error", () => {});
  worker.unref();
  return worker;
}

/** A question to a thread. */
export interface WorkerQuestion {
  readonly signal: AbortSignal;
  /** The sentence where it ends without an answer: `"The thread that … failed."` */
  readonly failure: string;
  /** What it is sent; absent where it began by itself. */
  readonly message?: object;
  /** Answers what the thread asks back, e.g. a code that a person types; `undefined` for its answer. */
  readonly reply?: (message: unknown) => Promise<unknown> | undefined;
}

/** The next answer of a thread. Throws `aborted` with the signal, `internal` if the thread ends instead, and what `reply` throws. */
export async function askWorker<Answer>(worker: Worker, question: WorkerQuestion): Promise<Answer> {
  const { signal, failure, message, reply } = question;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const failed = (): SecretError => new SecretError("internal", failure);
  const gone = (): void => reject(failed());
  const cancel = (): void => reject(cancelled());
  const receive = (received: unknown): void => {
    const replied = reply?.(received);
    if (replied === undefined) resolve(received as Answer);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    else replied.then((answer) => worker.postMessage(answer), reject);
  };
  worker.on("message", receive).once("error", gone).once("exit", gone);
  signal.addEventListener("abort", cancel, { once: true });
  worker.ref();
  try {
    if (signal.aborted) throw cancelled();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    if (message !== undefined) worker.postMessage(message);
    return await promise;
  } catch (thrown) {
    throw isSecretError(thrown) ? thrown : failed();
  } finally {
    signal.removeEventListener("abort", cancel);
    worker.off("message", receive).off("error", gone).off("exit", gone);
    worker.unref();
  }
}

/**
 * Runs a thread for one answer, and ends it. With `outlives` one that was given up is left to end by itself: a program
 * that it started would outlive it, and only the thread ends that in time.
 */
export async function runWorker<Answer>(
  program: WorkerProgram,
  start: WorkerStart,
  { outlives = false, ...question }: WorkerQuestion & { readonly outlives?: boolean },
): Promise<Answer> {
  if (question.signal.aborted) throw cancelled();
  const worker = startWorker(program, start);
  try {
    return await askWorker<Answer>(worker, question);
  } finally {
    if (!outlives || !question.signal.aborted) await worker.terminate();
  }
}
