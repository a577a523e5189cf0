import { findProgram, type Found, type Variables } from "./find-program.ts";

/**
 * Looks for moto's server: `VAULTLINK_TEST_MOTO_BIN`, else `.backends/bin/moto_server` in the workspace.
 *
 * @throws Error if there is none and `VAULTLINK_REQUIRE_BACKENDS` is `1`: then a skip would hide a fault.
 */
export function findMoto(env: Variables = process.env): Found {
  return findProgram({ name: "moto", variable: "VAULTLINK_TEST_MOTO_BIN", file: "moto_server", env });
}
