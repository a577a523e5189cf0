import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { checkLinks } from "../scripts/links/check.ts";
import { relink } from "../scripts/generate/links.ts";

/** A built site of these files. */
async function build(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "vaultlink-links-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

it("finds links to pages, places and pictures that are not there", async () => {
  const folder = await build({
    "index.html": `<a href="/there/">1</a> <a href="/there/#place">2</a> <a href="/gone/">3</a> <a href="there/#lost">4</a>
      <img src="/picture.svg"> <img src="/no.svg"> <a href="https://example.com/gone">other sites are not asked</a>`,
    "there/index.html": `<h2 id="place">here</h2> <a href="../">up</a> <a href="#place">here</a> <a href="#nowhere">5</a>`,
    "picture.svg": "<svg/>",
  });
  expect(await checkLinks(folder)).toEqual({
    pages: 2,
    links: 9,
    broken: [
      { page: "index.html", target: "/gone/" },
      { page: "index.html", target: "there/#lost" },
      { page: "index.html", target: "/no.svg" },
      { page: "there/index.html", target: "#nowhere" },
    ],
  });
});

it("does not take a script's text for links", async () => {
  const folder = await build({ "index.html": `<script>const a = ' href="/gone/"';</script>` });
  expect((await checkLinks(folder)).broken).toEqual([]);
});

it("turns links between files into links between pages, and drops those to files without one", () => {
  const text = "[a](../../docs/cli.md) [b](programs.md#top) [c](src/index.ts) [d](https://example.com) [e](#here)";
  expect(relink(text)).toBe(
    "[a](/reference/commands/) [b](/providers/programs/#top) c [d](https://example.com) [e](#here)",
  );
});
