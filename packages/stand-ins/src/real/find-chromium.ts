import { findProgram, type Found, type Variables } from "./find-program.ts";

/**
 * Looks for Chromium: `VAULTLINK_TEST_CHROMIUM_BIN`, else `.backends/bin/chromium-headless-shell` in the workspace.
 *
 * @throws Error if there is none and `VAULTLINK_REQUIRE_BACKENDS` is `1`, where there is apt to install it with.
 */
export function findChromium(env: Variables = process.env): Found {
  const [variable, file] = ["VAULTLINK_TEST_CHROMIUM_BIN", "chromium-headless-shell"];
  return findProgram({ name: "Chromium", variable, file, env, debian: true });
}
