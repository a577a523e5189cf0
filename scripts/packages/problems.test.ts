import { expect, test } from "vitest";

import type { PackedManifest } from "./pack.ts";
import { problemsOf } from "./problems.ts";

const FILES = ["package.json", "README.md", "LICENSE", "dist/index.js", "dist/index.d.ts"];
const MANIFEST: PackedManifest = { name: "a", version: "1.0.0", exports: { ".": { default: "./dist/index.js" } } };

test("a package with its code, declarations, README and LICENSE passes", () => {
  expect(problemsOf({ manifest: MANIFEST, files: FILES })).toEqual([]);
});

test.each(["src/index.ts", "test/a.test.ts", "dist/index.js.map", ".env", "tsconfig.json"])(
  "%s must not be shipped",
  (file) => {
    expect(problemsOf({ manifest: MANIFEST, files: [...FILES, file] })).toEqual([`it contains ${file}`]);
  },
);

test.each(["README.md", "LICENSE"])("%s must be shipped", (absent) => {
  expect(problemsOf({ manifest: MANIFEST, files: FILES.filter((file) => file !== absent) })).toEqual([
    `it has no ${absent}`,
  ]);
});

test("exports that lead to sources which are not shipped are a problem", () => {
  const exports = { ".": { source: "./src/index.ts", default: "./dist/index.js" } };
  expect(problemsOf({ manifest: { ...MANIFEST, exports }, files: FILES })).toHaveLength(1);
});

test("a range that only this workspace understands is a problem", () => {
  const manifest = { ...MANIFEST, dependencies: { b: "workspace:^" }, peerDependencies: { c: "catalog:" } };
  expect(problemsOf({ manifest, files: FILES })).toHaveLength(2);
});

test("R15: a command brings all it needs, with the notices of what it bundles", () => {
  const manifest = { ...MANIFEST, bin: { a: "./dist/index.js" }, dependencies: { b: "1.0.0" } };
  expect(problemsOf({ manifest, files: FILES })).toEqual([
    "it is a command and installs b besides",
    "it bundles others' code and has no THIRD-PARTY.txt",
  ]);
});
