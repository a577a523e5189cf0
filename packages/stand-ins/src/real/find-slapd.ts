import { join } from "node:path";
import { BACKENDS, findProgram, type Variables } from "./find-program.ts";

/** Where the directory's program is, and the root of its package; or why tests against it are skipped. */
export type SlapdFound = { readonly bin: string; readonly root: string } | { readonly missing: string };

/**
 * Looks for OpenLDAP's server: `VAULTLINK_TEST_SLAPD_BIN`, installed as Debian does, else `.backends/bin/slapd`.
 *
 * @throws Error if there is none and `VAULTLINK_REQUIRE_BACKENDS` is `1`, where there is apt to install it with.
 */
export function findSlapd(env: Variables = process.env): SlapdFound {
  const variable = "VAULTLINK_TEST_SLAPD_BIN";
  const found = findProgram({ name: "slapd", variable, file: "slapd", env, debian: true });
  if ("missing" in found) return found;
  return { bin: found.bin, root: env[variable] ? "/" : join(BACKENDS, "debian/slapd") };
}
