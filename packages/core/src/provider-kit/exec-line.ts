import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { SecretError, SESSION_ENDED } from "../errors/secret-error.ts";
import { parseExactJson } from "../reference/select.ts";

/** The most bytes of one message, as the wire protocol has it. */
export const MAX_FRAME_BYTES = 1_048_576;

/** How a program is started. */
export interface ProgramOptions {
  /** The program, and its arguments; no shell. Never a secret: arguments can be seen by others. */
  readonly command: readonly [program: string, ...given: string[]];
  /** Where it runs. @default where this process does */
  readonly cwd?: string;
  /**
   * Whether what it prints to standard error is printed to this process's: while the program is written, since it may print
   * anything, secrets too. @default false
   */
  readonly showsOutput?: boolean;
  /** What to try where the program has ended by itself, for the error's `hint`: one line. */
  readonly endedHint?: string;
}

/** How a program of our own making is started. */
export interface LineOptions extends ProgramOptions {
  /** The descriptor on which it answers. On 3, what it prints to standard output is treated as standard error is. @default 1 */
  readonly answersOn?: 1 | 3;
  /** The most bytes of one of its messages. @default MAX_FRAME_BYTES */
  readonly maxBytes?: number;
}

/** What a program may ask for while a request of ours waits: method → answer. */
export type Callbacks = Readonly<Record<string, (params: unknown) => Promise<unknown>>>;

/** One program that answers requests, a JSON object a line. */
export interface ExecLine {
  /** Sends a request. Rejects with a `SecretError`, with `aborted` as soon as the signal aborts. */
  request(method: string, params: unknown, call: LineCall): Promise<unknown>;
  /** Whether it has ended, or is ending because it broke the protocol. */
  hasEnded(): boolean;
  /** Whether it keeps this process running; it does unless it is told otherwise. */
  keepAlive(kept: boolean): void;
  /** Asks it to end, and ends it where it does not within `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** When a request must have been answered, and whether anybody still waits. */
export interface LineCall {
  /** Ms since the epoch. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** What the program may ask for until it has answered. */
  readonly callbacks?: Callbacks;
}

interface Waiting {
  readonly callbacks: Callbacks;
  resolve(result: unknown): void;
  reject(error: SecretError): void;
}

/**
 * Starts a program and speaks with it as https://secretspec.dev/reference/ipc-wire describes, version 1: JSON-RPC 2.0,
 * one object a line, a deadline in every request. What it prints to stderr is dropped unless it is asked for: it may hold
 * anything.
 */
export function startProgram(
  {
    command: [program, ...given],
    cwd,
    answersOn = 1,
    maxBytes = MAX_FRAME_BYTES,
    showsOutput = false,
    endedHint,
  }: LineOptions,
  env: Readonly<Record<string, string>>,
  refusalOf: (error: unknown) => SecretError,
): ExecLine {
  const { spawn } = process.getBuiltinModule("node:child_process");
  const output = showsOutput ? 2 : "ignore";
  const child: ChildProcess = spawn(program, given, {
    stdio: answersOn === 1 ? ["pipe", "pipe", output] : ["pipe", output, output, "pipe"],
    env,
    windowsHide: true,
    ...(cwd !== undefined && { cwd }),
  });
  endWithUs(child);
  const [stdin, answers] = [child.stdio[0] as Writable, child.stdio[answersOn] as Readable];
  const waiting = new Map<number, Waiting>();
  let serial = 0;
  let over: SecretError | undefined;
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const end = (message: string): void => {
    over ??= new SecretError("unavailable", message, {
      reason: SESSION_ENDED,
      ...(endedHint !== undefined && { hint: endedHint }),
    });
    for (const asked of waiting.values()) asked.reject(over);
    waiting.clear();
    child.kill("SIGKILL");
  };
  const send = (message: object): void => {
    if (over === undefined) stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  };
  child.once("error", () => end("The provider's program could not be started."));
  child.once("close", () => end("The provider's program has ended."));
  // A program that ended no longer reads; that it did is told by `close`.
  stdin.on("error", () => undefined);

  const take = (line: string): void => {
    const message = parse(line);
    if (message === undefined) return end("The provider's program wrote something that is no answer.");
    const { id, method, params, result, error } = message;
    if (typeof method === "string") return void callBack(method, params, id);
    const asked = typeof id === "number" ? waiting.get(id) : undefined;
    // One that was cancelled may still be answered.
    if (asked === undefined || typeof id !== "number") return undefined;
    waiting.delete(id);
    return error === undefined ? asked.resolve(result) : asked.reject(refusalOf(error));
  };
  const callBack = async (method: string, params: unknown, id: unknown): Promise<void> => {
    const asked = [...waiting.values()].find(({ callbacks }) => Object.hasOwn(callbacks, method));
    const call = asked?.callbacks[method];
    try {
      if (call === undefined) throw new Error();
      send({ id, result: await call(params) });
    } catch {
      send({ id, error: { code: call === undefined ? -32601 : -32003, message: "cancelled" } });
    }
  };
  readLines(answers, take, {
    maxBytes,
    tooLong: () => end("The provider's program wrote more than a message may hold."),
  });

  return {
    request(method, params, { deadline, signal, callbacks = {} }) {
      if (signal.aborted) return Promise.reject(new SecretError("aborted", "The call was cancelled."));
      if (over !== undefined) return Promise.reject(over);
      const id = ++serial;
      return new Promise((resolve, reject) => {
        const cancel = (): void => {
          waiting.delete(id);
          send({ method: "rpc.cancel", params: { id } });
          reject(new SecretError("aborted", "The call was cancelled."));
        };
        const settled =
          <Value>(settle: (value: Value) => void) =>
          (value: Value): void => {
            signal.removeEventListener("abort", cancel);
            settle(value);
          };
        signal.addEventListener("abort", cancel, { once: true });
        waiting.set(id, { callbacks, resolve: settled(resolve), reject: settled(reject) });
        send({ id, method, _meta: { deadline_unix_ms: Math.ceil(deadline) }, params });
      });
    },
    hasEnded: () => over !== undefined,
    keepAlive(kept) {
      for (const held of [child, stdin, answers] as ReadonlyArray<{ ref?(): unknown; unref?(): unknown }>) {
        if (kept) held.ref?.();
        else held.unref?.();
      }
    },
    async close(graceMs) {
      send({ id: ++serial, method: "rpc.shutdown", _meta: { deadline_unix_ms: Date.now() + graceMs }, params: {} });
      stdin.end();
      const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The programs that run, each of which ends with this process. */
const running = new Set<ChildProcess>();

/** A program that hangs does not see that its input has ended. */
function endWithUs(child: ChildProcess): void {
  if (running.size === 0) process.on("exit", endAll);
  running.add(child);
  child.once("close", () => {
    running.delete(child);
    if (running.size === 0) process.off("exit", endAll);
  });
}

function endAll(): void {
  for (const child of running) child.kill();
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const message: unknown = parseExactJson(line);
    return typeof message === "object" && message !== null ? (message as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function readLines(
  stream: Readable,
  take: (line: string) => void,
  { maxBytes, tooLong }: { readonly maxBytes: number; readonly tooLong: () => void },
): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (piece: string) => {
    rest += piece;
    for (let at = rest.indexOf("\n"); at !== -1; at = rest.indexOf("\n")) {
      const line = rest.slice(0, at);
      rest = rest.slice(at + 1);
      take(line);
    }
    if (Buffer.byteLength(rest) > maxBytes) tooLong();
  });
}
