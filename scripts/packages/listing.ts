/** A published file and its size in bytes. */
export interface Sized {
  readonly path: string;
  readonly bytes: number;
}

/** Files as a tree with their sizes, largest first in each folder, for a person. */
export function listing(files: readonly Sized[], indent = "  "): readonly string[] {
  const folders = Map.groupBy(files, ({ path }) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : ""));
  const lines = [...folders].flatMap(
    ([folder, inside]): { readonly bytes: number; readonly lines: readonly string[] }[] => {
      if (folder === "") return inside.map(({ path, bytes }) => ({ bytes, lines: [line(indent, path, bytes)] }));
      const bytes = inside.reduce((sum, file) => sum + file.bytes, 0);
      const below = inside.map((file) => ({ ...file, path: file.path.slice(folder.length + 1) }));
      return [{ bytes, lines: [line(indent, `${folder}/`, bytes), ...listing(below, `${indent}  `)] }];
    },
  );
  return lines.toSorted((a, b) => b.bytes - a.bytes).flatMap((each) => each.lines);
}

const line = (indent: string, name: string, bytes: number): string =>
  `${bytes.toLocaleString("en").padStart(12)}${indent}${name}`;
