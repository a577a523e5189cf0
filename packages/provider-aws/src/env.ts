/** The environment as `context.env` lends it. */
export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Everything that decides who asks, whom, and through what. `HOME` finds the vendor's files and its sign-ins, `PATH` the
 * program of a `credential_process`.
 */
export const AMBIENT: readonly string[] = [
  "AWS_*",
  "HOME",
  "USERPROFILE",
  "PATH",
  "HTTPS_PROXY",
  "https_proxy",
  "NO_PROXY",
  "no_proxy",
  "NODE_EXTRA_CA_CERTS",
];

/** A variable, blanks aside; an empty one is not set. */
export function variable(env: Env, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** A credential, exactly as it stands; an empty one is not set. */
export function credential(env: Env, name: string): string | undefined {
  return env[name] || undefined;
}

/** A switch as `aws` reads it: `true` in any case is on, anything else off. */
export function isOn(text: string | undefined): boolean {
  return text?.toLowerCase() === "true";
}
