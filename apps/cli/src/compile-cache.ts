import { existsSync, lstatSync, mkdirSync } from "node:fs";
import { join, sep } from "node:path";
import type { PathContext } from "./config/paths.ts";
import { folderFrom, homeFolder } from "./folders.ts";

/**
 * Where the command's own code is kept compiled: `XDG_CACHE_HOME`, else the system's folder for caches. Nothing of a user's
 * is in it, and it may be deleted at any time.
 */
export function compileCacheFolder({ env, platform, home }: PathContext): string {
  const own = join("vaultlink", "compiled");
  const names = platform === "win32" ? ["XDG_CACHE_HOME", "LOCALAPPDATA"] : ["XDG_CACHE_HOME"];
  const [folder] = names.flatMap((name) => folderFrom(env, name, platform) ?? []);
  if (folder !== undefined) return join(folder, own);
  return platform === "darwin" ? join(home, "Library", "Caches", own) : join(home, ".cache", own);
}

/**
 * Has Node keep what it compiles from now on, and use it the next time: `enable` is `module.enableCompileCache`. What lies
 * there is run as it is, so the folder must be ours and writable by nobody else; otherwise nothing is kept. Never throws.
 */
export function useCompileCache(around: PathContext & { readonly uid: number | undefined }, enable: Enable): void {
  try {
    const folder = compileCacheFolder(around);
    // A home that is not there is not made: whoever set it meant another.
    if (folder.startsWith(around.home + sep) && !existsSync(around.home)) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stat = lstatSync(folder);
    const ours = around.uid === undefined || (stat.uid === around.uid && (stat.mode & 0o077) === 0);
    if (ours && stat.isDirectory()) enable(folder);
  } catch {
    // Without it the command is slower, and no worse.
  }
}

/** The same for this process. */
export function useCompileCacheHere(): void {
  const { env, platform } = process;
  const { userInfo } = process.getBuiltinModule("node:os");
  const { enableCompileCache } = process.getBuiltinModule("node:module");
  const home = homeFolder(env, platform, () => userInfo().homedir);
  if (home !== undefined) useCompileCache({ env, platform, home, uid: process.getuid?.() }, enableCompileCache);
}

/** https://nodejs.org/api/module.html#moduleenablecompilecacheoptions */
type Enable = (folder: string) => unknown;
