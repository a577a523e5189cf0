import { expect, test } from "vitest";
import { type Compared, outdated, unannounced } from "./problems.ts";

const entry = (change: Partial<Compared>): Compared => ({
  name: "@a/b/c",
  package: "@a/b",
  folder: "packages/b",
  declarations: "packages/b/dist/c.d.ts",
  report: "packages/b/etc/c.api.md",
  built: "now",
  committed: "now",
  base: "now",
  ...change,
});
const nothing = new Set<string>();

test("reports that tell what is built, and what was there before, are right", () => {
  expect(outdated([entry({})])).toEqual([]);
  expect(unannounced([entry({})], nothing)).toEqual([]);
});

test.each([
  ["before", "changed: run `pnpm api`"],
  [undefined, "have no report yet: run `pnpm api`"],
])("a report that says %j is to be renewed", (committed, said) => {
  expect(outdated([entry({ committed })])).toEqual([expect.stringContaining(`declarations of @a/b/c ${said}`)]);
});

test("changed declarations need a changeset that names their package", () => {
  const changed = [entry({ base: "before" }), entry({ name: "@a/b", base: "before" })];
  expect(unannounced(changed, new Set(["@a/other"]))).toEqual([
    expect.stringMatching(
      /^The public declarations of @a\/b\/c and @a\/b changed, .* names @a\/b: run `pnpm changeset`/,
    ),
  ]);
  expect(unannounced(changed, new Set(["@a/b"]))).toEqual([]);
});

test("an entry that is new needs none", () => {
  expect(unannounced([entry({ base: undefined })], nothing)).toEqual([]);
});
