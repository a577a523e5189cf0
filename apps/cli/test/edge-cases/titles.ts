import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** A test whose title begins with the numbers of cases, e.g. `E7, E8: lasts until somebody signs in`. */
export interface NamedTest {
  readonly ids: readonly string[];
  readonly title: string;
  /** From the repository's root, with forward slashes. */
  readonly file: string;
}

const ROOT = join(import.meta.dirname, "../../../..");
/** A title is the first text of `it`, `test` or `describe`, or follows the rows that they are called with. */
const TITLE = /(["'`])(E\d+(?:, E\d+)*): ((?:(?!\1).)+)\1/g;

/** All of them, in the tests of every package and of every application. */
export function namedTests(): readonly NamedTest[] {
  return testFiles().flatMap((file) =>
    [...readFileSync(join(ROOT, file), "utf8").matchAll(TITLE)].map(([, , ids = "", title = ""]) => ({
      ...{ ids: ids.split(", "), file },
      // What is filled in differs from row to row.
      title: title.replaceAll(/%[a-z]|\$\w+/g, "…"),
    })),
  );
}

function testFiles(): readonly string[] {
  const folders = ["apps", "packages"].flatMap((kind) =>
    readdirSync(join(ROOT, kind)).flatMap((name) => ["src", "test"].map((part) => join(ROOT, kind, name, part))),
  );
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => relative(ROOT, file).split(sep).join("/"))
    .toSorted();
}
