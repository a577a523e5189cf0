import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where the server's program is, or why tests against it are skipped. */
export type OpenBaoFound = { readonly bin: string } | { readonly missing: string };

/**
 * Looks for an OpenBao program: `VAULTLINK_TEST_OPENBAO_BIN`, else `.backends/bin/bao` in the workspace.
 *
 * @throws Error if there is none and `VAULTLINK_REQUIRE_BACKENDS` is `1`: then a skip would hide a fault.
 */
export function findOpenBao(env: Readonly<Record<string, string | undefined>> = process.env): OpenBaoFound {
  const named = env["VAULTLINK_TEST_OPENBAO_BIN"];
  const bin = named || fileURLToPath(new URL("../../../../.backends/bin/bao", import.meta.url));
  if (existsSync(bin)) return { bin };
  const missing = named
    ? "VAULTLINK_TEST_OPENBAO_BIN names no file"
    : "no OpenBao: set VAULTLINK_TEST_OPENBAO_BIN, or install it as .backends/bin/bao";
  if (env["VAULTLINK_REQUIRE_BACKENDS"] === "1") throw new Error(missing);
  return { missing };
}
