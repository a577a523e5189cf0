import { layoutOf, settled } from "./layout.ts";
import { connectionsOf, linksOf } from "./rows.ts";
import type { Key, ScreenState } from "./state.ts";

/** How far a key moves in a list, in rows; `undefined` for a key that does not. */
export function distance({ name, text }: Key, page: number): number | undefined {
  if (name === "down" || (name === undefined && text === "j")) return 1;
  if (name === "up" || (name === undefined && text === "k")) return -1;
  if (name === "page-down") return page;
  if (name === "page-up") return -page;
  if (name === "home" || (name === undefined && text === "g")) return -Infinity;
  if (name === "end" || (name === undefined && text === "G")) return Infinity;
  return undefined;
}

/** The index that is so far away, within a list. */
export const moved = (index: number, by: number, total: number): number =>
  Math.max(0, Math.min(total - 1, Math.max(0, index) + by));

/** Moves the selection of the list that has the focus. */
export function moveSelection(state: ScreenState, by: number): ScreenState {
  if (state.focus === "links") {
    const rows = linksOf(state);
    const at = moved(
      rows.findIndex(({ name }) => name === state.link),
      by,
      rows.length,
    );
    return settled({ ...state, link: rows[at]?.name ?? state.link });
  }
  const rows = connectionsOf(state);
  const at = moved(
    rows.findIndex(({ name }) => name === state.connection),
    by,
    rows.length,
  );
  return settled({ ...state, connection: rows[at]?.name ?? state.connection });
}

/** How many rows a page has. */
export function pageOf(state: ScreenState): number {
  const { connectionRows, linkRows } = layoutOf(state);
  return Math.max(1, (state.focus === "links" ? linkRows : connectionRows) - 1);
}

/** Selects what stands in a row of the screen, counted from the top; the first is 0. */
export function selectAt(state: ScreenState, row: number): ScreenState {
  const { connectionsTop, connectionRows, linksTop, linkRows } = layoutOf(state);
  if (row >= linksTop && row < linksTop + linkRows) {
    const link = linksOf(state)[state.top + row - linksTop]?.name;
    return link === undefined ? state : { ...state, link, focus: "links" };
  }
  if (row < connectionsTop || row >= connectionsTop + connectionRows) return state;
  const connection = connectionsOf(state)[state.connectionTop + row - connectionsTop]?.name;
  return connection === undefined ? state : { ...state, connection, focus: "connections" };
}
