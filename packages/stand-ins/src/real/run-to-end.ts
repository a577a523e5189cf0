import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Runs a program to its end; what it prints may hold a secret and is thrown away.
 *
 * @throws Error if it ends with anything but 0.
 */
export async function runToEnd(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const child = spawn(program, args, { cwd: "/", env: { ...env, PATH: process.env["PATH"] }, stdio: "ignore" });
  const [status] = (await once(child, "exit")) as [number | null];
  if (status !== 0) throw new Error("A program of a real server failed.");
}
