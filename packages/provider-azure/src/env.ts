/** The environment as `context.env` lends it. */
export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Everything that decides who asks, whom, and through what. `HOME` and its likes find the sign-ins of Azure's own
 * commands, `PATH` and its likes the commands.
 */
export const AMBIENT: readonly string[] = [
  "AZURE_*",
  "IDENTITY_*",
  "IMDS_ENDPOINT",
  "MSAL_FORCE_REGION",
  "MSI_*",
  "REGION_NAME",
  "SYSTEM_*",
  "HOME",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  "PATH",
  "PATHEXT",
  "SystemRoot",
  "ComSpec",
  "HTTPS_PROXY",
  "https_proxy",
  "NO_PROXY",
  "no_proxy",
  "NODE_EXTRA_CA_CERTS",
];

/** A variable, blanks aside; an empty one is not set. Not for secrets and paths, whose blanks are theirs. */
export function variable(env: Env, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** A variable to the letter; an empty one is not set. */
export function exactly(env: Env, name: string): string | undefined {
  return env[name] || undefined;
}
