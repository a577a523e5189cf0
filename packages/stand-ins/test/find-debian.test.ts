import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { findChromium } from "../src/real/chromium-index.ts";
import { findPostgres } from "../src/real/postgres-index.ts";
import { findRedis } from "../src/real/redis-index.ts";
import { findSlapd } from "../src/real/slapd-index.ts";

/* Programs out of Debian's packages: they must be there only where they can be had. */

const here = fileURLToPath(import.meta.url);
const FINDERS = [
  ["VAULTLINK_TEST_CHROMIUM_BIN", findChromium, "names no file"],
  ["VAULTLINK_TEST_REDIS_BIN", findRedis, "names no file"],
  ["VAULTLINK_TEST_SLAPD_BIN", findSlapd, "names no file"],
  ["VAULTLINK_TEST_POSTGRES_BIN", findPostgres, "holds no PostgreSQL"],
] as const;

it.each(FINDERS)("says why there is none where %s is wrong", (variable, find, why) => {
  expect(find({ [variable]: `${here}.none` })).toEqual({ missing: `${variable} ${why}` });
});

it.each(FINDERS)("fails where servers are required and apt could install them, by %s", (variable, find, why) => {
  const env = { [variable]: `${here}.none`, VAULTLINK_REQUIRE_BACKENDS: "1" };
  const missing = `${variable} ${why}`;
  expect(outcomeOf(() => find(env))).toEqual(existsSync("/usr/bin/apt-get") ? { thrown: missing } : { missing });
});

function outcomeOf(look: () => unknown): unknown {
  try {
    return look();
  } catch (error) {
    return { thrown: (error as Error).message };
  }
}

it("takes the program that is named", () => {
  expect(findRedis({ VAULTLINK_TEST_REDIS_BIN: here })).toEqual({ bin: here });
  expect(findSlapd({ VAULTLINK_TEST_SLAPD_BIN: here })).toEqual({ bin: here, root: "/" });
});
