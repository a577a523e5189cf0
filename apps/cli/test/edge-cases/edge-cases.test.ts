import { expect, it } from "vitest";
import { CASES } from "./cases.ts";
import { pageOf } from "./page.ts";
import { namedTests } from "./titles.ts";

const tests = namedTests();

it("every edge case has a test that is named after it", () => {
  const shown = new Set(tests.flatMap(({ ids }) => ids));
  expect(Object.keys(CASES).filter((id) => !shown.has(id))).toEqual([]);
});

it("no test is named after a case that there is not", () => {
  const unknown = tests.filter(({ ids }) => ids.some((id) => !Object.hasOwn(CASES, id)));
  expect(unknown.map(({ file, title }) => `${file}: ${title}`)).toEqual([]);
});

it("the page that shows them is up to date: vitest run -u test/edge-cases", async () => {
  const page = "../../../../docs/site/src/content/docs/guides/edge-cases.md";
  await expect(pageOf(tests)).toMatchFileSnapshot(page);
});
