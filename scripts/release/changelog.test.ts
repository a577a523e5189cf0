import { expect, test } from "vitest";
import changelog from "./changelog.ts";

test("an entry is the text of its changeset, as one list item", () => {
  expect(changelog.getReleaseLine({ summary: "First\nline.\n\nSecond.\n" })).toBe("- First\n  line.\n\n  Second.");
});

test("several changesets of a dependency give one line", () => {
  const updated = [{ name: "a", newVersion: "0.1.0" }];
  expect(changelog.getDependencyReleaseLine([{ summary: "x" }, { summary: "y" }], updated)).toBe(
    "- Goes with a 0.1.0.",
  );
  expect(changelog.getDependencyReleaseLine([], [])).toBe("");
});
