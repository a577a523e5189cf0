/**
 * Whether a pattern names a request. A pattern is a method and a path, or an
 * operation's name; `*` stands for anything, slashes included:
 * `"GET /v1/secret/*"`, `"kv2.*"`, `"*"`.
 */
export function matches(pattern: string, method: string, path: string, route: string): boolean {
  const source = pattern
    .split("*")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  const expression = new RegExp(`^${source}$`);
  return expression.test(`${method} ${path}`) || expression.test(route);
}
