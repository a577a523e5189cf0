import { posix, win32 } from "node:path";
import type { Env } from "@vaultlink/core";

/** Where Node puts bytes that are no UTF-8 text: a path with it names another file, or none. */
export const REPLACEMENT = "\uFFFD";

/**
 * The folder a variable names, or `undefined` unless that is an absolute path. A relative one would mean another folder in
 * every working directory, and so would one without its drive on Windows: in a checkout, the checkout's own files.
 */
export function folderFrom(env: Env, name: string, platform: NodeJS.Platform): string | undefined {
  const path = env[name];
  return path !== undefined && isComplete(path, platform) ? path : undefined;
}

/** Whether a path means the same file wherever it is used from. */
export function isComplete(path: string, platform: NodeJS.Platform): boolean {
  if (platform !== "win32") return posix.isAbsolute(path);
  return win32.isAbsolute(path) && /^(?:[A-Za-z]:|[\\/]{2})/.test(path);
}

/**
 * The home directory: what `HOME` (on Windows `USERPROFILE`) says, else what the system has for the user; `undefined` where
 * neither is an absolute path. `systemHome` may throw, as Node does for a user the system does not know.
 */
export function homeFolder(env: Env, platform: NodeJS.Platform, systemHome: () => string): string | undefined {
  const message = folderFrom(env, platform === "win32" ? "USERPROFILE" : "HOME", platform);
  if (message !== undefined) return message;
  try {
    const known = systemHome();
    return isComplete(known, platform) ? known : undefined;
  } catch {
    return undefined;
  }
}
