import { importsOf } from "./imports.ts";
import type { Manifest, Package, Workspace } from "./workspace.ts";

/** A workspace of which only the given text exists: path → code. A package is given by its folder. */
export function workspaceOf(
  texts: Readonly<Record<string, string>>,
  manifests: Readonly<Record<string, Manifest>> = {},
): Workspace {
  const packages: Package[] = Object.entries(manifests).map(([folder, manifest]) => ({ folder, manifest }));
  const sources = Object.entries(texts)
    .filter(([path]) => /\.m?[jt]s$/.test(path))
    .map(([path, text]) => ({ path, lines: text.split("\n").length - 1, imports: importsOf(path, text) }));
  return { packages, files: new Set(Object.keys(texts)), sources };
}
