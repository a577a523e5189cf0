import { SecretError } from "@vaultlink/core";
import { expect, it } from "vitest";
import type { TerminalPrompter } from "../context.ts";
import { askAgain } from "./ask-again.ts";

/** What a person is shown whose first answer fails so. */
async function shownAfter(error: SecretError): Promise<readonly string[]> {
  const shown: string[] = [];
  const prompter: Partial<TerminalPrompter> = { show: (line) => void shown.push(line) };
  let tries = 0;
  const work = async (): Promise<number> => {
    if (++tries === 1) throw error;
    return tries;
  };
  expect(await askAgain(prompter as TerminalPrompter, work, () => true)).toBe(2);
  return shown;
}

it("says what helps beside another answer, where the vault could not be asked", async () => {
  const hint = "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem";
  expect(await shownAfter(new SecretError("unavailable", "The certificate is not trusted.", { hint }))).toEqual([
    "The certificate is not trusted. Try again.",
    `Or end this with Ctrl-C, then: ${hint}`,
  ]);
});

it("says what was wrong with an answer, and no more", async () => {
  const hint = "export VAULT_PASSWORD=…";
  expect(await shownAfter(new SecretError("unauthenticated", "The vault refuses this login.", { hint }))).toEqual([
    "The vault refuses this login. Try again.",
  ]);
});
