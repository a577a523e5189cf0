import { devNull } from "node:os";
import { join } from "node:path";
import { type ProviderEnv, variable } from "@vaultlink/core/provider";
import { type AwsOptions, PROFILE_VARIABLES } from "./options.ts";

/** What a profile of the caller's files says of how AWS is reached: names in lower case, as they stand there. */
export interface ProfileSettings {
  readonly values: Readonly<Record<string, string | undefined>>;
  /** The endpoint that its `services` section names for a service, e.g. `secrets_manager`. */
  endpointOf(service: string): string | undefined;
}

/** The profile whose settings count. */
export function profileOf({ auth }: AwsOptions, env: ProviderEnv): string | undefined {
  return auth?.profile ?? variable(env, ...PROFILE_VARIABLES);
}

/**
 * Reads the settings of the caller's profile; there are none where file, profile or home is missing. As for `aws`, the
 * credentials file may hold settings too, and wins.
 */
export async function readProfile(options: AwsOptions, env: ProviderEnv): Promise<ProfileSettings> {
  const name = profileOf(options, env) ?? "default";
  const { configFile, credentialsFile } = await readFiles(env);
  const values = { ...configFile[name], ...credentialsFile[name] };
  const { services } = values;
  const section = services === undefined ? undefined : configFile[`services.${services}`];
  return { values, endpointOf: (service) => section?.[`${service}.endpoint_url`] };
}

/** By name, what a file holds. */
export type Sections = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** The sections of the caller's two files, profiles by their names; none where a file or the home is missing. */
export async function readFiles(
  env: ProviderEnv,
): Promise<{ readonly configFile: Sections; readonly credentialsFile: Sections }> {
  const home = variable(env, "HOME", "USERPROFILE");
  const pathOf = (variableName: string, file: string): string => {
    const named = variable(env, variableName) ?? `~/.aws/${file}`;
    if (!named.startsWith("~")) return named;
    return home === undefined ? devNull : join(home, named.slice(1));
  };
  const configFilepath = pathOf("AWS_CONFIG_FILE", "config");
  const filepath = pathOf("AWS_SHARED_CREDENTIALS_FILE", "credentials");
  const { loadSharedConfigFiles } = await import("@smithy/core/config");
  // With both paths given, the reader looks for neither in this process's own home.
  return loadSharedConfigFiles({ configFilepath, filepath, ignoreCache: true });
}
