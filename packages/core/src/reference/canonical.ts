import type { Locator } from "../contract/provider.ts";

/** One text per document: length-prefixed, so that no path or qualifier can imitate another. Query keys are sorted. */
export function canonicalLocator({ path, query }: Locator): string {
  const parts = [path];
  for (const name of Object.keys(query).toSorted()) parts.push(name, query[name] ?? "");
  return parts.map((part) => `${part.length}:${part}`).join("");
}
