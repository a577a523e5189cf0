import type { ConnectionRow, LinkRow, Overview } from "../source.ts";
import type { ScreenState } from "./state.ts";

const NONE: readonly never[] = [];
const filtered = new WeakMap<Overview, { readonly filter: string; readonly rows: readonly LinkRow[] }>();

/** The links that the filter lets through: each word of it is in the name, the reference, the connection or the state. */
export function linksOf({ overview, filter }: Pick<ScreenState, "overview" | "filter">): readonly LinkRow[] {
  if (overview === undefined) return NONE;
  const known = filtered.get(overview);
  if (known?.filter === filter) return known.rows;
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const rows = words.length === 0 ? overview.links : overview.links.filter((row) => matches(row, words));
  filtered.set(overview, { filter, rows });
  return rows;
}

function matches({ name, reference = "", connection = "", state }: LinkRow, words: readonly string[]): boolean {
  const text = `${name}\n${reference}\n${connection}\n${state}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

export const connectionsOf = ({ overview }: Pick<ScreenState, "overview">): readonly ConnectionRow[] =>
  overview?.connections ?? NONE;

/** The selected link, or the first where that one is gone. */
export function selectedLink(state: ScreenState): LinkRow | undefined {
  const rows = linksOf(state);
  return rows.find(({ name }) => name === state.link) ?? rows[0];
}

/** The selected connection, or the first where that one is gone. */
export function selectedConnection(state: ScreenState): ConnectionRow | undefined {
  const rows = connectionsOf(state);
  return rows.find(({ name }) => name === state.connection) ?? rows[0];
}

/** The names of the links that use a connection. */
export const namesOf = (connection: string, { overview }: Pick<ScreenState, "overview">): readonly string[] =>
  (overview?.links ?? NONE).flatMap((row) => (row.connection === connection ? row.name : []));

/** Whether a kept value has expired since the overview was read. */
export const hasExpired = ({ expiresInMs }: LinkRow, { nowMs, readAtMs }: ScreenState): boolean =>
  expiresInMs !== undefined && expiresInMs <= nowMs - readAtMs;
