import { findProgram, type Found, type Variables } from "./find-program.ts";

/**
 * Looks for Redis' server: `VAULTLINK_TEST_REDIS_BIN`, else `.backends/bin/redis-server` in the workspace.
 *
 * @throws Error if there is none and `VAULTLINK_REQUIRE_BACKENDS` is `1`, where there is apt to install it with.
 */
export function findRedis(env: Variables = process.env): Found {
  return findProgram({ name: "Redis", variable: "VAULTLINK_TEST_REDIS_BIN", file: "redis-server", env, debian: true });
}
