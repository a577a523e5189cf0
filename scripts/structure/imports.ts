import { posix } from "node:path";
import { parseSync } from "oxc-parser";

/** One import of a file, of whatever form: static, re-export, `import()`, or the type `import("…")`. */
export interface Import {
  readonly specifier: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Every import of a file whose target stands in its text. Throws if the text does not parse. */
export function importsOf(path: string, text: string): Import[] {
  const { module, program, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path} does not parse: ${errors[0].message}`);
  const found = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest),
    ...module.staticExports.flatMap(({ entries }) => entries.flatMap(({ moduleRequest }) => moduleRequest ?? [])),
    ...literals(program),
  ];
  const lineAt = (offset: number): number => text.slice(0, offset).split("\n").length;
  const unique = new Map(
    found.map(({ value, start }) => [`${value}\n${start}`, { specifier: value, line: lineAt(start) }]),
  );
  return [...unique.values()].toSorted((a, b) => a.line - b.line);
}

/** The file that a relative import names, or `undefined` for the import of a package. */
export function targetOf(path: string, specifier: string): string | undefined {
  return specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : undefined;
}

/** The package that an import names, without its subpath, or `undefined` for a file or a module of Node. */
export function packageNameOf(specifier: string): string | undefined {
  if (specifier.startsWith(".") || specifier.startsWith("node:")) return undefined;
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

interface Literal {
  readonly value: string;
  readonly start: number;
}

/** What `import("…")` names, as an expression or as a type, anywhere in a syntax tree. */
function* literals(node: unknown): Generator<Literal> {
  if (typeof node !== "object" || node === null) return;
  if ("type" in node && (node.type === "ImportExpression" || node.type === "TSImportType") && "source" in node) {
    if (isLiteral(node.source)) yield node.source;
  }
  for (const child of Object.values(node)) yield* literals(child);
}

function isLiteral(node: unknown): node is Literal {
  return typeof node === "object" && node !== null && "value" in node && typeof node.value === "string";
}
