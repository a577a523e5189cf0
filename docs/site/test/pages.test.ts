import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { EXAMPLES, SITE } from "./kit/copy.ts";

/** Files of other tools, and what takes minutes: shown, and not run here. Each with the reason. */
const SHOWN: Readonly<Record<string, string>> = {
  "migrate/before.env": "an example of what to leave behind",
  "migrate/fnox.toml": "fnox is no part of this repository",
  "migrate/vals.yaml": "vals is no part of this repository",
  "migrate/varlock.env.schema": "varlock is no part of this repository",
  "start/clone.sh": "CI runs the demo and the build as steps of their own",
  "start/hashicorp-pack.sh": "CI packs and installs the packages as a step of its own",
  "start/aws-pack.sh": "CI packs and installs the packages as a step of its own",
  "start/azure-pack.sh": "CI packs and installs the packages as a step of its own",
  "start/1password-pack.sh": "CI packs and installs the packages as a step of its own",
  "life/connect.sh": "the matrix of the command's tests runs each of these steps",
  "life/use.sh": "the matrix of the command's tests runs each of these steps",
  "life/reauth.sh": "the matrix of the command's tests runs each of these steps",
  "life/relink.sh": "the matrix of the command's tests runs each of these steps",
  "life/disconnect.sh": "the matrix of the command's tests runs each of these steps",
  "library/agent.ts": "type-checked; the agent's tests run the same suite against both kinds of vault",
  "authors/program.ts": "type-checked; the program it starts is that of examples/vaultlink-provider-python",
};

const list = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
const readAll = async (files: readonly string[]): Promise<string> =>
  (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");

const examples = (await list(EXAMPLES)).map((file) => file.slice(EXAMPLES.length + 1).replaceAll("\\", "/"));
const pages = (await list(join(SITE, "src", "content", "docs"))).filter((file) => file.endsWith(".mdx"));

it("every example is run by a test, or is listed with the reason why not", async () => {
  const files = (await list(join(SITE, "test"))).filter(
    (file) => file.endsWith(".ts") && !file.endsWith("pages.test.ts"),
  );
  const tests = await readAll(files);
  const idle = examples.filter((file) => !tests.includes(file));
  expect(idle.toSorted()).toEqual(Object.keys(SHOWN).toSorted());
});

it("every example is shown by a page", async () => {
  const text = await readAll(pages);
  const unseen = examples.filter((file) => !text.includes(`file="${file}"`));
  // The authors' page is made from docs/providers, see below.
  expect(unseen).toEqual(["authors/program.ts"]);
});

it("a page shows code from files alone, and otherwise what a terminal showed", async () => {
  const written = pages.filter((page) => !page.startsWith(join(SITE, "src/content/docs/sessions/")));
  const texts = await Promise.all(written.map((page) => readFile(page, "utf8")));
  expect(written.filter((_, index) => /^\s*(```|~~~)/m.test(texts[index] ?? ""))).toEqual([]);
});

it("the authors' page shows a program that is type-checked", async () => {
  const page = await readFile(join(SITE, "..", "providers", "programs.md"), "utf8");
  const fences = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
  expect(fences).toEqual([await readFile(join(EXAMPLES, "authors", "program.ts"), "utf8")]);
});
