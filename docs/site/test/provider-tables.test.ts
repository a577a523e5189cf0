import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { repositoryPages } from "../scripts/generate/repository.ts";
import { SITE } from "./kit/copy.ts";

/** The cells of the last table of a page, by row. */
function rowsOf(markdown: string): readonly (readonly string[])[] {
  const table = /(?:^\|.*\n?)+/gm;
  const lines = [...markdown.matchAll(table)].at(-1)?.[0].trimEnd().split("\n") ?? [];
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

it.each(["faults", "versions"])(
  "the authors' page %s says what each face does: library, command, agent",
  async (name) => {
    const page = (await repositoryPages()).find(({ slug }) => slug === `providers/${name}`);
    const [head, , ...rows] = rowsOf(page?.body ?? "");
    expect(head?.slice(-3)).toEqual(["library", "command", "agent"]);
    // The repository's page is compared with what the tests of the command run.
    const [, , ...source] = rowsOf(await readFile(join(SITE, `../providers/${name}.md`), "utf8"));
    expect(rows.length).toBeGreaterThan(5);
    expect(rows).toEqual(source.map((cells) => [...cells, cells.at(-1)]));
  },
);
