import { targetOf } from "./imports.ts";
import type { Rule } from "./workspace.ts";

/** No file imports itself by way of others, types included. Each cycle is told once, from its first file on. */
export const cycles: Rule = ({ sources }) => {
  const paths = new Set(sources.map(({ path }) => path));
  const edges = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.flatMap(({ specifier }) => targetOf(path, specifier) ?? []).filter((target) => paths.has(target)),
    ]),
  );
  const done = new Set<string>();
  const told = new Map<string, string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start !== -1) {
      const members = trail.slice(start);
      told.set([...members].toSorted().join("\n"), `${members.join(" → ")} → ${path}: an import cycle`);
      return;
    }
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return [...told.values()];
};
