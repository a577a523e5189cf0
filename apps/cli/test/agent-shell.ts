import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { VaultStandIn } from "@vaultlink/stand-ins";
import { expect, onTestFinished } from "vitest";
import { type CallOptions, openConnectedShell, type Ran, type Shell } from "./shell.ts";
import { type OnEnd, temporaryFolder } from "./temporary.ts";

/** Links to two documents of the stand-in. */
export const LINKS = {
  DB: "hcv://secret/app/db#password",
  API: "hcv://secret/app/api#key",
  OWNER: "hcv://secret/app/db#username",
};

type Env = Readonly<Record<string, string>>;

export interface AgentShell {
  readonly call: (args: readonly string[], options?: CallOptions) => Promise<Ran>;
  /** The value of a name, as `get` prints it. */
  readonly get: (name: string, env?: Env) => Promise<string>;
  readonly shell: Shell;
  readonly vault: VaultStandIn;
  /** The variables that say where the agent is, and that it is wanted. */
  readonly runtime: Env;
}

/** Starts an agent for a shell, which ends with the test. */
export async function startAgent(
  shell: Shell,
  onEnd: OnEnd = onTestFinished,
): Promise<Pick<AgentShell, "call" | "runtime">> {
  const runtime = join(await temporaryFolder(onEnd), "run");
  await mkdir(runtime, { mode: 0o700 });
  const ours = { VAULTLINK_AGENT: "on", XDG_RUNTIME_DIR: runtime };
  const call: AgentShell["call"] = (args, options = {}) =>
    shell.call(args, { ...options, env: { ...ours, ...options.env } });
  expect(await call(["agent", "start"])).toMatchObject({ code: 0, stderr: "" });
  onEnd(async () => void (await call(["agent", "stop"])));
  return { call, runtime: ours };
}

/** A shell whose commands go through an agent of its own. */
export async function openAgentShell({ shell, vault }: { shell: Shell; vault: VaultStandIn }): Promise<AgentShell> {
  const { call, runtime } = await startAgent(shell);
  const get: AgentShell["get"] = async (name, env = {}) => {
    const { code, stdout, stderr } = await call(["get", name], { env, reveals: true });
    expect([code, stderr]).toEqual([0, ""]);
    return stdout.trimEnd();
  };
  return { call, get, shell, vault, runtime };
}

/** The same, signed in to a vault of the test's own, with links. */
export const connected = async (): Promise<AgentShell> => openAgentShell(await openConnectedShell(LINKS));
