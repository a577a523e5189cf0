import { afterAll, describe, expect, it } from "vitest";
import { conformance, type StandIn } from "../src/index.ts";
import { ANSWER_FAULTS } from "./http/answer-faults.ts";
import { DOCUMENT_FAULTS } from "./http/document-faults.ts";
import { httpProvider, type Places } from "./http/provider.ts";
import { startVault, subjectOf } from "./http/subject.ts";

const FAULTS = { ...ANSWER_FAULTS, ...DOCUMENT_FAULTS };
const [vault, untouched] = [await startVault(), await startVault()];
afterAll(async () => {
  await vault.stop();
  await untouched.stop();
});

/** How a case comes out for a provider with some places wrong. */
async function outcome(wanted: string, standIn: StandIn, wrong: Partial<Places> = {}): Promise<string> {
  const cases = conformance(subjectOf(standIn, (url) => httpProvider(url, wrong)));
  const found = cases.find(({ name }) => name === wanted);
  if (found === undefined) return "there is no such case";
  return found.run().then(
    ({ skipped }) => (skipped === undefined ? "passes" : `is skipped: ${skipped}`),
    () => "fails",
  );
}

describe("a provider of an HTTP vault", () => {
  it.each(Object.entries(FAULTS))("that %s is caught", async (_, { wrong, caughtBy }) => {
    expect(await outcome(caughtBy, vault, wrong)).toBe("fails");
  });

  const named = new Set(Object.values(FAULTS).map(({ caughtBy }) => caughtBy));
  it.each([...named])("that has everything right passes: %s", async (name) => {
    expect(await outcome(name, untouched)).toBe("passes");
  });
});
