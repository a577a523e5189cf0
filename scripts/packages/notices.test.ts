import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { licenceOf } from "../../tsdown.plugins.ts";

function folderWith(manifest: object, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "vaultlink-notices-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "a", version: "1.0.0", ...manifest }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test("the texts that a package brings are repeated, its notices too", () => {
  const files = { LICENSE: "the licence\n", NOTICE: "a notice\n", "ThirdPartyNotices.txt": "others\n", "a.js": "code" };
  const { title, text } = licenceOf(folderWith({ license: "Apache-2.0" }, files));
  expect(title).toBe("a 1.0.0 (Apache-2.0)");
  expect(text).toBe("the licence\n\na notice\n\nothers");
});

test("a package that only names the MIT licence gets its text, in its author's name", () => {
  const { text } = licenceOf(folderWith({ license: "MIT", author: { name: "Example" } }));
  expect(text).toMatch(/^MIT License\n\nCopyright \(c\) Example\n\nPermission is hereby granted/);
});

test("a package that only names the Apache licence gets its text", () => {
  expect(licenceOf(folderWith({ license: "Apache-2.0" })).text).toContain("END OF TERMS AND CONDITIONS");
});

test.each([
  [{ license: "MIT" }, "brings no text of its licence"],
  [{ license: "ISC", author: "Example" }, "brings no text of its licence"],
  [{ license: "GPL-3.0-only", author: "Example" }, "may not be bundled under GPL-3.0-only"],
])("%j may not be bundled so", (manifest, said) => {
  expect(() => licenceOf(folderWith(manifest))).toThrow(said);
});
