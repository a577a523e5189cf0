/** Whether one of a secret's names holds what is looked for, in any case. */
export const matches = (names: readonly string[], query: string): boolean =>
  names.some((name) => name.toLowerCase().includes(query.toLowerCase()));

/**
 * Whether what is in an item can match by the item's own name, which ends with `/`: that matches already, or ends as the
 * query begins, as `App/db/` does for `db/pass`.
 */
export function mayMatchInside(names: readonly string[], query: string): boolean {
  const beginning = query.slice(0, query.lastIndexOf("/") + 1).toLowerCase();
  return matches(names, query) || (beginning !== "" && names.some((name) => name.toLowerCase().endsWith(beginning)));
}
