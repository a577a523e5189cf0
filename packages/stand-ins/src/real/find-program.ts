import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where a server's program is, or why tests against it are skipped. */
export type Found = { readonly bin: string } | { readonly missing: string };

/** Variables as a process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Looks for a program: where `variable` says, else as `.backends/bin/<file>` in the workspace.
 *
 * @throws Error if there is none and `VAULTLINK_REQUIRE_BACKENDS` is `1`: then a skip would hide a fault.
 */
export function findProgram(about: {
  readonly name: string;
  readonly variable: string;
  readonly file: string;
  readonly env: Variables;
}): Found {
  const { env, file, name, variable } = about;
  const named = env[variable];
  const bin = named || fileURLToPath(new URL(`../../../../.backends/bin/${file}`, import.meta.url));
  if (existsSync(bin)) return { bin };
  const missing = named
    ? `${variable} names no file`
    : `no ${name}: set ${variable}, or install it as .backends/bin/${file}`;
  if (env["VAULTLINK_REQUIRE_BACKENDS"] === "1") throw new Error(missing);
  return { missing };
}
