import { expect, test } from "vitest";
import { builtInsByProcess, directImports } from "../../tsdown.loading.ts";

type Render = (code: string, chunk: { readonly imports: readonly string[]; readonly fileName: string }) => string;

/** What the bundle has instead of a statement. */
const rendered = (code: string, imports: readonly string[] = []): string =>
  (builtInsByProcess.renderChunk as unknown as Render)(code, { imports, fileName: "a.js" });

test.each([
  ['import { join } from "node:path";', ['const {join} = globalThis.process.getBuiltinModule("node:path");']],
  ['import * as fs from "fs";', ['const fs = globalThis.process.getBuiltinModule("fs");']],
  [
    'import { Socket, isIP as isAddress } from "node:net";',
    [
      'const {Socket: Socket} = globalThis.process.getBuiltinModule("node:net");',
      'const isAddress = (...args) => globalThis.process.getBuiltinModule("node:net").isIP(...args);',
    ],
  ],
])("a built-in module comes from the process: %s", (statement, expected) => {
  const squeezed = (code: string): string => code.replaceAll(/\{\s*(\w+)(?:: \1)?\s*\}/g, "{$1}");
  expect(squeezed(rendered(statement))).toBe(squeezed(expected.join(" ")));
});

test("a function that promisify treats in a way of its own is taken at once", () => {
  expect(rendered('import { execFile } from "node:child_process";')).not.toContain("...args");
  expect(rendered('import { spawn } from "node:child_process";')).toContain("...args");
});

test("an import that it does not know fails the build", () => {
  expect(() => rendered('import path, * as all from "node:path";', ["node:path"])).toThrow("a.js imports node:path");
});

interface File {
  readonly type: "chunk";
  readonly fileName: string;
  readonly isEntry: boolean;
  code: string;
}

/** A bundle of these files after the plugin. */
function bundled(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const bundle = Object.fromEntries(
    Object.entries(files).map(([fileName, code]): [string, File] => [
      fileName,
      { type: "chunk", fileName, isEntry: fileName === "main.js", code },
    ]),
  );
  (directImports.generateBundle as unknown as (options: object, bundle: object) => void)({}, bundle);
  return Object.fromEntries(Object.values(bundle).map(({ fileName, code }) => [fileName, code]));
}

const BETWEEN = 'export{a as open,close}from"./piece.js";\n';

test("what is imported when needed comes from the file that has it, and the one between is left out", () => {
  const files = { "main.js": "await import(`./open.js`)", "open.js": BETWEEN, "piece.js": "export{a,close}" };
  expect(bundled(files)).toEqual({
    "main.js": "await import(`./piece.js`).then(e=>({open:e.a,close:e.close}))",
    "piece.js": "export{a,close}",
  });
});

test("a file that does more than hand on stays, and so does one that is imported in another way", () => {
  const more = { "main.js": "import(`./b.js`)", "b.js": 'import"./c.js";export{a}from"./piece.js";' };
  expect(bundled(more)).toEqual(more);
  const other = { "main.js": 'import{open}from"./open.js"', "open.js": BETWEEN };
  expect(bundled(other)).toEqual(other);
});
