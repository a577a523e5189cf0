import { devNull } from "node:os";
import { join } from "node:path";
import { type Env, variable } from "../env.ts";

/** The region that a profile of the caller's files names; absent if there is no such file, profile or line. */
export async function regionInFiles(env: Env, profile: string): Promise<string | undefined> {
  const home = variable(env, "HOME") ?? variable(env, "USERPROFILE");
  const named = variable(env, "AWS_CONFIG_FILE") ?? "~/.aws/config";
  if (named.startsWith("~") && home === undefined) return undefined;
  const { loadSharedConfigFiles } = await import("@smithy/core/config");
  // With both paths given, the reader looks for neither in this process's own home.
  const configFilepath = named.startsWith("~") ? join(home ?? "", named.slice(1)) : named;
  const { configFile } = await loadSharedConfigFiles({ configFilepath, filepath: devNull, ignoreCache: true });
  return configFile[profile]?.["region"]?.trim() || undefined;
}
