import { expect, it } from "vitest";
import { integer } from "../src/kit/tls/der.ts";

it.each([
  ["zero", [0], "020100"],
  ["a small number", [1], "020101"],
  ["a number with zeros before it", [0, 0, 1], "020101"],
  ["a number that would look negative", [0x80], "02020080"],
  ["a number that would look negative, with zeros before it", [0, 0, 0x80], "02020080"],
])("writes %s as briefly as can be", (_, bytes, written) => {
  expect(integer(Uint8Array.from(bytes)).toString("hex")).toBe(written);
});
