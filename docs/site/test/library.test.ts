import { expect, it } from "vitest";
import { linesOf, runProgram } from "./kit/run.ts";
import { ADDRESS, lendVault } from "./kit/vault.ts";

it.each([
  ["library/reset.ts", ["first read:  vault", "second read: cache", "reset drops: 1", "third read:  vault"]],
  ["library/many.ts", ["DB_USER fulfilled", "DB_PASSWORD fulfilled", "API_KEY fulfilled"]],
])("%s prints what the page says", async (file, expected) => {
  const { vault, env } = await lendVault();
  const lines = linesOf(await runProgram(file, env, { [ADDRESS]: vault.url }));
  expect(lines).toEqual(expected);
});

it("library/errors.ts tells the code of a failure", async () => {
  const { vault, env } = await lendVault();
  const lines = linesOf(await runProgram("library/errors.ts", env, { [ADDRESS]: vault.url }));
  expect(lines).toEqual([expect.stringMatching(/^not_found - [A-Z].+\.$/)]);
});
