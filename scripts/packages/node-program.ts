import { spawnSync } from "node:child_process";

/** The Node to try the packages on: this one, or the one of a version, from npm. */
export function nodeProgram(version: string | undefined, cwd: string): string {
  if (version === undefined) return process.execPath;
  const options = ["--yes", "--package", `node@${version}`, "--", "node", "--print", "process.execPath"];
  const found = spawnSync("npx", options, { cwd, encoding: "utf8", shell: process.platform === "win32" });
  const path = found.stdout.trim();
  if (found.status !== 0 || path === "") throw new Error(`There is no Node ${version} to be had.`);
  return path;
}
