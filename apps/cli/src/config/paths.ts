import { join } from "node:path";
import { type Env, SecretError } from "@vaultlink/core";
import { folderFrom, homeFolder, REPLACEMENT } from "../folders.ts";

/** The project file's name, looked for from the working directory upwards. */
export const PROJECT_FILE = "vaultlink.json";

/** What decides where a person's own files are. */
export interface PathContext {
  readonly env: Env;
  readonly platform: NodeJS.Platform;
  /** The home directory, absolute. Reading it throws `invalid_config` where there is none. */
  readonly home: string;
}

/**
 * The folder of the user's own files. `XDG_CONFIG_HOME` wins everywhere; else `%APPDATA%` on Windows and `~/.config`
 * elsewhere: on macOS too, since people look for a command's settings there, not among those of applications.
 * A relative `XDG_CONFIG_HOME` counts as unset (XDG Base Directory Specification).
 */
export function userFolder(around: PathContext): string {
  const { env, platform } = around;
  const names = platform === "win32" ? ["XDG_CONFIG_HOME", "APPDATA"] : ["XDG_CONFIG_HOME"];
  const [folder] = names.flatMap((name) => folderFrom(env, name, platform) ?? []);
  return expectText(folder === undefined ? join(around.home, ".config", "vaultlink") : join(folder, "vaultlink"));
}

/** The home directory as `homeFolder` finds it. Throws `invalid_config` where there is none. */
export function expectHome(env: Env, platform: NodeJS.Platform, systemHome: () => string): string {
  const home = homeFolder(env, platform, systemHome);
  if (home !== undefined) return home;
  const variable = platform === "win32" ? "USERPROFILE" : "HOME";
  throw new SecretError(
    "invalid_config",
    `Your home directory is not known: ${variable} is not an absolute path, and the system has none for you.`,
    { hint: `Set ${variable} to the absolute path of your home directory` },
  );
}

/** Throws `invalid_config` for a path that Node could not read as text: it would name another file. */
function expectText(path: string): string {
  if (!path.includes(REPLACEMENT)) return path;
  throw new SecretError("invalid_config", "The path of your own files is not UTF-8 text.", {
    hint: "Set XDG_CONFIG_HOME, and XDG_STATE_HOME, to paths that are",
  });
}

export const userFile = (paths: PathContext): string => join(userFolder(paths), "config.json");

/**
 * The log of who reads what: in the folder for a program's state, which is kept and is no configuration (XDG Base Directory
 * Specification), so `~/.local/state` where `XDG_STATE_HOME` says nothing; on Windows in `%LOCALAPPDATA%`.
 */
export function auditFile(around: PathContext): string {
  const { env, platform } = around;
  const names = platform === "win32" ? ["XDG_STATE_HOME", "LOCALAPPDATA"] : ["XDG_STATE_HOME"];
  const [folder = join(around.home, ".local", "state")] = names.flatMap(
    (name) => folderFrom(env, name, platform) ?? [],
  );
  return expectText(join(folder, "vaultlink", "audit.jsonl"));
}

export const trustFile = (paths: PathContext): string => join(userFolder(paths), "trust.json");
