/** Encodes a locator's path for a URL, segment by segment, so that `?`, `#` and `%` in a name stay part of the name. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
