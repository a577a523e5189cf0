import { expect, it } from "vitest";
import { type Context, personToAskFirst, prompt, type Prompter } from "../../src/provider.ts";

const typing = (line: string): Prompter => ({ ask: async () => line, open: async () => {}, show: () => {} });
const QUESTION = { label: "Token", secret: true };

it("takes a line without the blanks around it, and to the letter where they count", async () => {
  expect(await prompt(typing(" vlcanary-x "), QUESTION)).toBe("vlcanary-x");
  expect(await prompt(typing(" vlcanary-x "), { ...QUESTION, exact: true })).toBe(" vlcanary-x ");
  expect(await prompt(typing("  "), QUESTION)).toBeUndefined();
  expect(await prompt(typing(""), { ...QUESTION, exact: true })).toBeUndefined();
  expect(await prompt(undefined, QUESTION)).toBeUndefined();
});

it("asks a person first only where a new sign-in was asked for", () => {
  const prompter = typing("");
  const lent: Context = { env: {}, signal: new AbortController().signal };
  expect(personToAskFirst({ ...lent, prompter, reauthenticate: true })).toBe(prompter);
  expect(personToAskFirst({ ...lent, prompter })).toBeUndefined();
  expect(personToAskFirst({ ...lent, reauthenticate: true })).toBeUndefined();
});
