import { expect, it } from "vitest";
import { findPostgres } from "../src/real/postgres-index.ts";

it("says why there is none", () => {
  const env = { VAULTLINK_TEST_POSTGRES_BIN: import.meta.dirname };
  expect(findPostgres(env)).toEqual({ missing: "VAULTLINK_TEST_POSTGRES_BIN holds no PostgreSQL" });
});
