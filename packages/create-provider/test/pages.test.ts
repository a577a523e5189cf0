import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const REPOSITORY = new URL("../../../", import.meta.url);
const PAGES = new URL("docs/providers/", REPOSITORY);
const QUOTE = /<!-- quoted from (\S+) -->\s+```ts\n(.*?)\n```\s+<!-- end of quote -->/gs;
const LINK = /\]\((?!https:)([^)#]+)(?:#[^)]*)?\)/g;

const pages = readdirSync(PAGES).filter((name) => name.endsWith(".md"));
const textOf = (name: string): string => readFileSync(new URL(name, PAGES), "utf8");

describe("the pages for authors", () => {
  it("quote the template, which is checked and run, to the letter", () => {
    const quotes = ["complete.md", "more.md"].flatMap((name) => [...textOf(name).matchAll(QUOTE)]);
    const paths = quotes.map(([, path]) => path);
    expect(paths).toContain("packages/create-provider/template/src/provider.ts");
    expect(paths).toContain("packages/create-provider/examples/globex/src/provider.ts");
    for (const [, path = "", quoted] of quotes) {
      expect(`${quoted}\n`).toBe(readFileSync(new URL(path, REPOSITORY), "utf8"));
    }
  });

  it.each(pages)("%s leads to pages that come with it", (name) => {
    const lost = [...textOf(name).matchAll(LINK)].filter(([, path = ""]) => !existsSync(new URL(path, PAGES)));
    expect(lost.map(([, path]) => path)).toEqual([]);
  });
});
