import { existsSync } from "node:fs";
import { findProgram, type Found, type Variables } from "./find-program.ts";

/** Where Debian's package puts it. */
const INSTALLED = "/usr/bin/tmux";

/**
 * Looks for tmux: `VAULTLINK_TEST_TMUX_BIN`, else the machine's own, else `.backends/bin/tmux` in the workspace.
 *
 * @throws Error if there is none and `VAULTLINK_REQUIRE_BACKENDS` is `1`, where there is apt to install it with.
 */
export function findTmux(env: Variables = process.env): Found {
  const variable = "VAULTLINK_TEST_TMUX_BIN";
  if (!env[variable] && existsSync(INSTALLED)) return { bin: INSTALLED };
  return findProgram({ name: "tmux", variable, file: "tmux", env, debian: true });
}
