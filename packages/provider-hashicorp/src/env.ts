import { isAbsolute } from "node:path";
import {
  exactVariable as anyExactVariable,
  NETWORK_VARIABLES,
  type ProviderEnv,
  SecretError,
  variable as anyVariable,
} from "@vaultlink/core/provider";

/** Everything that decides who asks, whom, and through what. `HOME` finds the token file. */
export const ENV_VARIABLES: readonly string[] = ["VAULT_*", "BAO_*", "HOME", ...NETWORK_VARIABLES];

/** `BAO_X`, else `VAULT_X`, as OpenBao's own client reads them. */
export const variablesOf = (name: string): readonly string[] => [`BAO_${name}`, `VAULT_${name}`];

/** What the first of the two holds, without blanks around it; an empty variable is not set. */
export function variable(env: ProviderEnv, name: string): string | undefined {
  return anyVariable(env, ...variablesOf(name));
}

/** The same as it stands: blanks may be part of a password. */
export function exactVariable(env: ProviderEnv, name: string): string | undefined {
  return anyExactVariable(env, ...variablesOf(name));
}

/** A variable that names a file or folder. Throws `invalid_config` for a relative path: what it names depends on where we run. */
export function pathVariable(env: ProviderEnv, name: string): string | undefined {
  const path = variable(env, name);
  if (path === undefined || isAbsolute(path)) return path;
  throw new SecretError("invalid_config", `VAULT_${name} must be an absolute path.`, {
    hint: `export VAULT_${name}=/path/to/…`,
  });
}

const TRUE: ReadonlySet<string> = new Set(["1", "t", "T", "TRUE", "true", "True"]);
const FALSE: ReadonlySet<string> = new Set(["0", "f", "F", "FALSE", "false", "False"]);

/**
 * A boolean as the vault's own client reads it, `false` if it is not set. https://pkg.go.dev/strconv#ParseBool
 * Throws `invalid_config` for what that client refuses, too.
 */
export function booleanVariable(env: ProviderEnv, name: string): boolean {
  const held = exactVariable(env, name);
  if (held === undefined || FALSE.has(held)) return false;
  if (TRUE.has(held)) return true;
  throw new SecretError("invalid_config", `VAULT_${name} is neither true nor false.`, { hint: `unset VAULT_${name}` });
}
