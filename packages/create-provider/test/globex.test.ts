import { conformance, toVitest } from "@vaultlink/testkit";
import { mutants, runMutant } from "@vaultlink/testkit/mutants";
import { afterAll, describe, expect, it } from "vitest";
import { SKIPS } from "../examples/globex/test/skips.ts";
import { startSubject } from "../examples/globex/test/subject.ts";

const started = await startSubject();
afterAll(() => started.stop());

const fresh = {
  module: new URL("../examples/globex/test/fresh.ts", import.meta.url),
  sdk: [],
  nodeOptions: ["--conditions=source"],
};

describe("the example with two credentials, fields, a lifetime and pages", () => {
  toVitest(conformance({ ...started, fresh }, { skip: SKIPS }), it);
});

describe("a mutant that is wrong about what this vault has not", () => {
  /** What becomes of the mutant of that name. */
  const run = async (name: string): ReturnType<typeof runMutant> => {
    const mutant = mutants.find((one) => one.name === name);
    if (mutant === undefined) throw new Error("There is no such mutant.");
    return runMutant(started, mutant, { skip: SKIPS });
  };

  it.each([
    ["ignores `fresh` in a batch", "Your sessions offer no `readMany`."],
    ["ignores the abort while it releases a lease", "Your sessions offer no `release`."],
    ["takes an empty list of fields for nothing", "Your documents are no texts."],
  ])("%s: is skipped, and says why", async (name, reason) => {
    const { caught, missed, skipped } = await run(name);
    expect([caught, missed]).toEqual([[], []]);
    expect(skipped.map((one) => one.reason)).toEqual(skipped.map(() => reason));
    expect(skipped).not.toEqual([]);
  });

  it.each([
    "gives the newest version where the pinned one is gone",
    "changes the qualifiers that it was given",
    "ends texts at a zero",
    "lists folders as documents",
    "lists what cannot be read",
    "joins a fresh read to one under way",
    "connects when its plugin creates it",
    "changes the options that it was given",
  ])("%s: is caught, whatever this vault calls its qualifiers and keeps", async (name) => {
    const { caught, missed } = await run(name);
    expect(missed).toEqual([]);
    expect(caught).not.toEqual([]);
  });
});
