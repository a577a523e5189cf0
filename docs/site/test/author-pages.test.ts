import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { authorApi } from "../scripts/author-api/render.ts";
import { AUTHOR_PAGES, authorPages } from "../scripts/generate/authors.ts";

const PROVIDERS = new URL("../../providers/", import.meta.url);
const files = readdirSync(PROVIDERS).filter((name) => name.endsWith(".md"));

describe("the pages for authors", () => {
  it("are all on the site, from the files that come with the kit", async () => {
    expect(AUTHOR_PAGES.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
    const pages = await authorPages();
    const same = AUTHOR_PAGES.flatMap(({ file, change }, at) => (change === undefined ? [{ file, at }] : []));
    // Links apart.
    const words = (markdown: string): string => markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1").trim();
    for (const { file, at } of same) {
      const text = readFileSync(new URL(file, PROVIDERS), "utf8").replace(/^# .*\n/, "");
      expect(words(pages[at]?.body ?? "")).toBe(words(text));
    }
  });

  it.each(authorApi())("$file is what the code says: pnpm --filter @vaultlink/site author-api", ({ file, text }) => {
    expect(readFileSync(new URL(file, PROVIDERS), "utf8")).toBe(text);
  });

  it("show every function and type of the contract with its comment", () => {
    const api = readFileSync(new URL("api.md", PROVIDERS), "utf8");
    for (const name of [
      "function findCredential(",
      "function httpSession(",
      "interface Provider {",
      "interface Session {",
    ]) {
      expect(api).toContain(`*/\n${name}`);
    }
    expect(api).toContain("where?(context");
    expect(api).toContain("interface LineOptions {");
  });
});
