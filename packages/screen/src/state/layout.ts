import { connectionsOf, linksOf } from "./rows.ts";
import type { ScreenState } from "./state.ts";

/** Where what stands on the screen, in rows from the top; the first is 0. */
export interface Layout {
  /** A list without rows is not on the screen, nor is its heading. */
  readonly connectionsTop: number;
  readonly connectionRows: number;
  readonly linksTop: number;
  readonly linkRows: number;
}

/** The title, the two headings, the blank line between, the notice and the keys. */
const FIXED = 6;
/** Connections take at most this part of the screen. */
const SHARE = 0.3;
/** With fewer rows there is one list at a time: that with the focus. */
const BOTH_FIT = 9;
/** The title, one heading, the notice and the keys. */
const FIXED_FOR_ONE = 4;

/** The layout of the table, as the screen's size and the number of connections have it. */
export function layoutOf(state: ScreenState): Layout {
  const { rows } = state.size;
  if (rows < BOTH_FIT) {
    const only = Math.max(1, rows - FIXED_FOR_ONE);
    const [connectionRows, linkRows] = state.focus === "connections" ? [only, 0] : [0, only];
    return { connectionsTop: 2, connectionRows, linksTop: 2, linkRows };
  }
  const connectionRows = Math.max(1, Math.min(connectionsOf(state).length, Math.floor(rows * SHARE)));
  const connectionsTop = 2;
  const linksTop = connectionsTop + connectionRows + 2;
  return { connectionsTop, connectionRows, linksTop, linkRows: Math.max(1, rows - FIXED - connectionRows) };
}

/** The first row that is shown, so that the selected one is. */
export function scrolled(top: number, selected: number, shown: number, total: number): number {
  if (shown === 0) return top;
  const last = Math.max(0, total - shown);
  if (selected < top) return Math.max(0, selected);
  if (selected >= top + shown) return Math.min(last, selected - shown + 1);
  return Math.min(top, last);
}

/** The state with its selections where there is something, and on the screen. */
export function settled(state: ScreenState): ScreenState {
  const { connectionRows, linkRows } = layoutOf(state);
  const links = linksOf(state);
  const connections = connectionsOf(state);
  const link = Math.max(
    0,
    links.findIndex(({ name }) => name === state.link),
  );
  const connection = Math.max(
    0,
    connections.findIndex(({ name }) => name === state.connection),
  );
  return {
    ...state,
    link: links[link]?.name ?? state.link,
    connection: connections[connection]?.name ?? state.connection,
    top: scrolled(state.top, link, linkRows, links.length),
    connectionTop: scrolled(state.connectionTop, connection, connectionRows, connections.length),
  };
}
