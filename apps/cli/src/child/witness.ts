import type { ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";

/** Tells a signal to the whole process group, which our child has too, from one to us alone. */
export interface Witness {
  /** Whether the group got this signal. */
  sawToo(signal: NodeJS.Signals): Promise<boolean>;
  stop(): void;
}

/** What a terminal sends when a person types Ctrl-C or Ctrl-\, or closes it. */
const FROM_TERMINAL: ReadonlySet<NodeJS.Signals> = new Set(["SIGINT", "SIGQUIT", "SIGHUP"]);

/**
 * Node does not say who sent a signal (`si_pid` of sigaction(2)). So where a terminal controls us, an idle shell is started in
 * our group: a signal to the group ends it, one to us alone leaves it to repeat a line. Without a terminal nobody is asked.
 * Windows has no signal to one process: what comes is the console's, and its programs all have it.
 */
export async function startWitness(): Promise<Witness> {
  if (process.platform === "win32") return { sawToo: async () => true, stop: () => {} };
  if (!hasTerminal()) return { sawToo: async () => false, stop: () => {} };
  let stopped = false;
  let current = start();
  await current.ready;
  return {
    async sawToo(signal) {
      const asked = current;
      if (!asked.isRunning()) return FROM_TERMINAL.has(signal);
      if (await asked.answers()) return false;
      if (current === asked && !stopped) current = start();
      return true;
    },
    stop() {
      stopped = true;
      current.end();
    },
  };
}

/** Repeats lines until there are no more: nothing but the shell itself runs. */
const REPEAT = "while read -r line; do echo; done";

interface Idle {
  /** Settles once it runs, or cannot. */
  readonly ready: Promise<void>;
  isRunning(): boolean;
  /** Whether it repeats a line; not if a signal ended it. */
  answers(): Promise<boolean>;
  end(): void;
}

function start(): Idle {
  const { spawn } = process.getBuiltinModule("node:child_process");
  const child: ChildProcess = spawn("/bin/sh", ["-c", REPEAT], { stdio: ["pipe", "pipe", "ignore"], env: {} });
  let state: "starting" | "running" | "absent" = "starting";
  child.stdin?.on("error", () => {});
  const ready = new Promise<void>((resolve) => {
    child.once("spawn", () => ((state = "running"), resolve()));
    child.once("error", () => ((state = "absent"), resolve()));
  });
  return {
    ready,
    isRunning: () => state !== "absent",
    async answers() {
      await ready;
      if (child.exitCode !== null || child.signalCode !== null) return false;
      return new Promise((resolve) => {
        child.stdout?.once("data", () => resolve(true));
        child.once("exit", () => resolve(false));
        child.stdin?.write("\n");
      });
    },
    end: () => void child.stdin?.end(),
  };
}

/** Whether a terminal controls this process, whatever its streams are (tty(4)). */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
