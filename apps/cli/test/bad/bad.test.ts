import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { badInput } from "./input.ts";
import { judge } from "./judge.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => void (stage = await openStage()));
afterAll(() => stage.close());

/** Of the 10,000 that `test/bad/run.ts` tries; the same in every run. A busy machine may need more than a test gets, in ms. */
const [RUNS, MS] = [400, 300_000];

it(
  "takes bad references, command lines, files and answers as documented: a status, a short message, no stack, no secret",
  async () => {
    const property = fc.asyncProperty(badInput, async (input) => {
      expect(judge(await stage.perform(input), input)).toBeUndefined();
    });
    await fc.assert(property, { numRuns: RUNS, seed: 2026, endOnFailure: true });
  },
  MS,
);
