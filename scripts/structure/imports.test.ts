import { expect, test } from "vitest";

import { importsOf, packageNameOf, targetOf } from "./imports.ts";

const FORMS: readonly (readonly [form: string, code: string])[] = [
  ["import", `import { a } from "./x.ts";`],
  ["type import", `import type { A } from "./x.ts";`],
  ["import for effect", `import "./x.ts";`],
  ["re-export", `export { a } from "./x.ts";`],
  ["re-export of everything", `export * from "./x.ts";`],
  ["dynamic import", `export const load = () => import("./x.ts");`],
  ["import in a type", `export type A = import("./x.ts").A;`],
];

test.each(FORMS)("%s is seen, with its line", (_form, code) => {
  expect(importsOf("a.ts", `// a comment\n${code}\n`)).toEqual([{ specifier: "./x.ts", line: 2 }]);
});

test("text that only looks like an import is not one", () => {
  const code = 'const text = `import a from "./x.ts"`; // import b from "./y.ts"\nexport default text;';
  expect(importsOf("a.ts", code)).toEqual([]);
});

test("an import computed at run time has no target to check", () => {
  expect(importsOf("a.ts", "export const load = (name: string) => import(name);")).toEqual([]);
});

test("a file that does not parse is an error that names it", () => {
  expect(() => importsOf("broken.ts", "const = ;")).toThrow(/^broken\.ts does not parse/);
});

test("a relative import is a path from the root, any other is none", () => {
  expect(targetOf("packages/core/src/cache/ttl.ts", "../time/clock.ts")).toBe("packages/core/src/time/clock.ts");
  expect(targetOf("packages/core/src/cache/ttl.ts", "lru-cache")).toBeUndefined();
});

test("a package is known by its name, without the subpath", () => {
  expect(packageNameOf("@scope/name/deep/file.js")).toBe("@scope/name");
  expect(packageNameOf("name/deep")).toBe("name");
  expect(packageNameOf("node:fs")).toBeUndefined();
  expect(packageNameOf("./file.ts")).toBeUndefined();
});
