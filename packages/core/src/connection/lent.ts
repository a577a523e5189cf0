import type { Env } from "../types.ts";

/** The caller's environment, as every context of a connection lends it. */
export interface Lent {
  /** The variables the provider declared, and no others. */
  readonly env: Env;
  /** All of them but ours, for programs started for credentials. */
  readonly programEnv: Env;
}

/** All variables but ours, as they are now, for programs started for credentials. They count for no fingerprint. */
export function programEnvOf(env: Env): Env {
  // Windows finds variables in any case.
  const theirs = Object.keys(env).filter((name) => !name.toUpperCase().startsWith("VAULTLINK_"));
  return Object.fromEntries(theirs.map((name) => [name, env[name]]));
}

/** What a connection's contexts lend of the caller's environment. */
export function lentBy({ env, programEnv }: Lent): Lent {
  return { env, programEnv };
}
