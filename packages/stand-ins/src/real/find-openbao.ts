import { findProgram, type Found, type Variables } from "./find-program.ts";

/** Where the server's program is, or why tests against it are skipped. */
export type OpenBaoFound = Found;

/**
 * Looks for an OpenBao program: `VAULTLINK_TEST_OPENBAO_BIN`, else `.backends/bin/bao` in the workspace.
 *
 * @throws Error if there is none and `VAULTLINK_REQUIRE_BACKENDS` is `1`: then a skip would hide a fault.
 */
export function findOpenBao(env: Variables = process.env): OpenBaoFound {
  return findProgram({ name: "OpenBao", variable: "VAULTLINK_TEST_OPENBAO_BIN", file: "bao", env });
}

/**
 * Looks for the older OpenBao that signs in by LDAP: `VAULTLINK_TEST_OPENBAO_26_BIN`, else `.backends/bin/bao-2.6`.
 *
 * @throws Error if there is none and `VAULTLINK_REQUIRE_BACKENDS` is `1`.
 */
export function findOpenBao26(env: Variables = process.env): OpenBaoFound {
  return findProgram({ name: "OpenBao 2.6", variable: "VAULTLINK_TEST_OPENBAO_26_BIN", file: "bao-2.6", env });
}
