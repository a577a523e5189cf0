import { expect, it } from "vitest";
import { attempt, SecretError } from "../../src/provider.ts";

it("tells what a call gave or threw", () => {
  expect(attempt(() => 7)).toEqual({ status: "fulfilled", value: 7 });
  const refused = new SecretError("not_found", "No such secret.");
  const refuse = (): never => {
    throw refused;
  };
  expect(attempt(refuse)).toEqual({ status: "rejected", reason: refused });
});
