import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { findMoto } from "../src/real/moto-index.ts";

const here = fileURLToPath(import.meta.url);

it("takes the program that is named", () => {
  expect(findMoto({ VAULTLINK_TEST_MOTO_BIN: here })).toEqual({ bin: here });
});

it("says why there is none", () => {
  const env = { VAULTLINK_TEST_MOTO_BIN: `${here}.none` };
  expect(findMoto(env)).toEqual({ missing: "VAULTLINK_TEST_MOTO_BIN names no file" });
});

it("fails where servers are required", () => {
  const env = { VAULTLINK_TEST_MOTO_BIN: `${here}.none`, VAULTLINK_REQUIRE_BACKENDS: "1" };
  expect(() => findMoto(env)).toThrow("names no file");
});
