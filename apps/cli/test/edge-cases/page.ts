import { CASES } from "./cases.ts";
import type { NamedTest } from "./titles.ts";

/** The page of the documentation that shows each case and its tests. */
export function pageOf(tests: readonly NamedTest[]): string {
  const lines = Object.entries(CASES).map(([id, what]) => {
    const own = tests.filter(({ ids }) => ids.includes(id));
    const files = [...new Set(own.map(({ file }) => file))];
    const shown = files.map((file) => {
      const titles = own.filter((test) => test.file === file).map(({ title }) => title);
      return `\`${file}\`: ${titles.join("; ")}`;
    });
    return `| ${id} | ${what} | ${shown.join("<br />").replaceAll("|", "\\|")} |`;
  });
  return `---
title: Edge cases
description: What happens when the life of a link or a connection takes a turn, and which test shows it.
tableOfContents: false
---

Each line is a rule that tests hold. The last column is for whoever works on vaultlink: the tests, in its repository, whose
titles begin with the number of the rule.

|  |  | tests |
| --- | --- | --- |
${lines.join("\n")}
`;
}
