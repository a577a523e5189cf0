import type { Locator } from "../contract/provider.ts";

/** One string per document: length-prefixed, so that different locators never give the same one. Query keys are sorted. */
export function canonicalLocator({ path, query }: Locator): string {
  const parts = [path];
  for (const name of Object.keys(query).toSorted()) parts.push(name, query[name] ?? "");
  return parts.map((part) => `${part.length}:${part}`).join("");
}

/** Encodes a locator's path for a URL, segment by segment, so that `?`, `#` and `%` in a name stay part of the name. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
