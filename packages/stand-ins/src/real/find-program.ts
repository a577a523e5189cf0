import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where a server's program is, or why tests against it are skipped. */
export type Found = { readonly bin: string } | { readonly missing: string };

/** Variables as a process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Where `pnpm backends` installs. */
export const BACKENDS: string = fileURLToPath(new URL("../../../../.backends", import.meta.url));

/**
 * Looks for a program: where `variable` says, else as `.backends/bin/<file>` in the workspace.
 *
 * @throws Error if there is none and it is required (see `isRequired`): then a skip would hide a fault.
 */
export function findProgram(about: {
  readonly name: string;
  readonly variable: string;
  readonly file: string;
  readonly env: Variables;
  /** Whether it comes from Debian's packages. */
  readonly debian?: true;
}): Found {
  const { debian, env, file, name, variable } = about;
  const named = env[variable];
  const bin = named || `${BACKENDS}/bin/${file}`;
  if (existsSync(bin)) return { bin };
  const missing = named
    ? `${variable} names no file`
    : `no ${name}: set ${variable}, or install it as .backends/bin/${file}`;
  if (isRequired(env, debian)) throw new Error(missing);
  return { missing };
}

/**
 * Whether what is missing must be there: `VAULTLINK_REQUIRE_BACKENDS` is `1`. Of Debian's programs only where there is
 * apt, since they cannot be had elsewhere.
 */
export function isRequired(env: Variables, debian = false): boolean {
  return env["VAULTLINK_REQUIRE_BACKENDS"] === "1" && (!debian || existsSync("/usr/bin/apt-get"));
}
