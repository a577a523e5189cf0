import { existsSync } from "node:fs";

/** What an agent gets of the environment of whoever starts it: where things are, and how to reach the network. */
const LENT: ReadonlySet<string> = new Set([
  ...["PATH", "HOME", "LANG", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy"],
]);
const SHELL = "/bin/sh";
/** No core file: it would hold every value. `exec` leaves no shell behind. */
const WITHOUT_CORE = 'ulimit -c 0; exec "$@"';
/** How long an agent may take until it serves, in ms. One that cannot serve ends, which is seen at once. */
const READY_MS = 10_000;
/** What it prints then. */
export const READY = "ready\n";

type Env = Readonly<Record<string, string | undefined>>;

export interface StartOptions {
  /** Absolute paths of the program and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly env: Env;
  readonly readyMs?: number;
}

/** The environment of an agent. */
export function agentEnv(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => LENT.has(name) || name.startsWith("XDG_")));
}

/** Starts an agent's process, which outlives this one. Resolves with whether an agent serves now. */
export async function startProcess({ command, env, readyMs = READY_MS }: StartOptions): Promise<boolean> {
  const { spawn } = await import("node:child_process");
  const [program, ...args] = existsSync(SHELL) ? [SHELL, "-c", WITHOUT_CORE, "sh", ...command] : command;
  const child = spawn(program ?? "", args, {
    cwd: "/",
    env: agentEnv(env),
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
    windowsHide: true,
  });
  child.unref();
  return new Promise<boolean>((resolve) => {
    let said = "";
    const end = (isReady: boolean): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      child.on("error", () => {});
      child.stdout.destroy();
      resolve(isReady);
    };
    const timer = setTimeout(() => end(false), readyMs);
    child.once("error", () => end(false));
    child.stdout.once("close", () => end(false));
    child.stdout.on("data", (piece: Buffer) => {
      said += piece.toString();
      if (said.startsWith(READY)) end(true);
    });
  });
}
