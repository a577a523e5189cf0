import { isAbsolute, join } from "node:path";
import type { Env } from "@vaultlink/core";

/** The project file's name, looked for from the working directory upwards. */
export const PROJECT_FILE = "vaultlink.json";

/** What decides where a person's own files are. */
export interface Surroundings {
  readonly env: Env;
  readonly platform: NodeJS.Platform;
  /** The home directory. */
  readonly home: string;
}

/**
 * The folder of the user's own files. `XDG_CONFIG_HOME` wins everywhere; else `%APPDATA%` on Windows and `~/.config`
 * elsewhere: on macOS too, since people look for a command's settings there, not among those of applications.
 * A relative `XDG_CONFIG_HOME` counts as unset (XDG Base Directory Specification).
 */
export function userFolder({ env, platform, home }: Surroundings): string {
  const xdg = env["XDG_CONFIG_HOME"];
  if (xdg && isAbsolute(xdg)) return join(xdg, "vaultlink");
  const roaming = env["APPDATA"];
  if (platform === "win32" && roaming && isAbsolute(roaming)) return join(roaming, "vaultlink");
  return join(home, ".config", "vaultlink");
}

export const userFile = (surroundings: Surroundings): string => join(userFolder(surroundings), "config.json");

export const trustFile = (surroundings: Surroundings): string => join(userFolder(surroundings), "trust.json");
