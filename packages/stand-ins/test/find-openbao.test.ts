import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { findOpenBao } from "../src/real/index.ts";

const here = fileURLToPath(import.meta.url);

it("takes the program that is named", () => {
  expect(findOpenBao({ VAULTLINK_TEST_OPENBAO_BIN: here })).toEqual({ bin: here });
});

it("says why there is none", () => {
  const env = { VAULTLINK_TEST_OPENBAO_BIN: `${here}.none` };
  expect(findOpenBao(env)).toEqual({ missing: "VAULTLINK_TEST_OPENBAO_BIN names no file" });
});

it("fails where servers are required", () => {
  const env = { VAULTLINK_TEST_OPENBAO_BIN: `${here}.none`, VAULTLINK_REQUIRE_BACKENDS: "1" };
  expect(() => findOpenBao(env)).toThrow("names no file");
});
