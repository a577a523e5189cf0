import type { ConnectionRow, LinkRow } from "../source.ts";
import { layoutOf } from "../state/layout.ts";
import { connectionsOf, hasExpired, linksOf } from "../state/rows.ts";
import type { ScreenState } from "../state/state.ts";
import { type Column, columnWidths, GAP } from "./columns.ts";
import type { Drawing } from "./drawing.ts";
import { durationText } from "./duration.ts";
import { line, type Line, type Span, span, type Style } from "./line.ts";
import { STYLES, stateText } from "./mood.ts";
import { fit, widthOf } from "./text.ts";

/** Before each row: where the selection is. */
const MARGIN = 2;

const LINK_COLUMNS: readonly Column[] = [
  { head: "NAME", least: 12, most: 40 },
  { head: "STATE", least: 12, most: 22 },
  { head: "CONNECTION", least: 6, most: 20 },
  { head: "REFERENCE", least: 9 },
  { head: "VERSION", least: 7, most: 16 },
  { head: "AGE", least: 6, most: 6 },
  { head: "EXPIRES IN", least: 10, most: 10 },
  { head: "READS", least: 5, most: 6 },
];

const CONNECTION_COLUMNS: readonly Column[] = [
  { head: "CONNECTION", least: 8, most: 20 },
  { head: "STATE", least: 12, most: 22 },
  { head: "IDENTITY", least: 8, most: 60 },
  { head: "CREDENTIALS", least: 11, most: 14 },
  { head: "CALLS H/D", least: 5, most: 24 },
  { head: "WHAT HELPS", least: 6 },
];

/** The connections, with their heading. */
export function drawConnections(state: ScreenState, drawing: Drawing): readonly Line[] {
  const { connectionRows } = layoutOf(state);
  const all = connectionsOf(state);
  const shown = all.slice(state.connectionTop, state.connectionTop + connectionRows);
  const cells = shown.map((row) => connectionCells(row, state, drawing));
  const lines = drawRows(
    CONNECTION_COLUMNS,
    cells,
    all.map((row) => connectionCells(row, state, drawing)),
    {
      ...{ state, rows: connectionRows },
      selected: state.focus === "connections" ? shown.findIndex(({ name }) => name === state.connection) : -1,
      styles: shown.map(({ mood }) => STYLES[mood]),
    },
  );
  return all.length > 0 || state.overview === undefined
    ? lines
    : [lines[0] ?? [], line("  No connections yet. Try: vaultlink connect", "dim")];
}

function connectionCells(
  row: ConnectionRow,
  { nowMs }: ScreenState,
  { clean, ...drawing }: Drawing,
): readonly string[] {
  const { name, mood, state, identity = "", expiresAt, calls = "", hint = "" } = row;
  const left = expiresAt === undefined ? "" : expiresAt > nowMs ? `in ${durationText(expiresAt - nowMs)}` : "expired";
  return [name, stateText(mood, state, drawing), identity, left, calls, hint].map(clean);
}

/** The links, with their heading. */
export function drawLinks(state: ScreenState, drawing: Drawing): readonly Line[] {
  const { linkRows } = layoutOf(state);
  const all = linksOf(state);
  const shown = all.slice(state.top, state.top + linkRows);
  const cells = shown.map((row) => linkCells(row, state, drawing));
  const lines = drawRows(LINK_COLUMNS, cells, widestCells(all, drawing), {
    ...{ state, rows: linkRows },
    selected: state.focus === "links" ? shown.findIndex(({ name }) => name === state.link) : -1,
    styles: shown.map((row) => STYLES[moodOf(row, state)]),
  });
  if (all.length > 0 || state.overview === undefined) return lines;
  const none = state.filter === "" ? "No links yet; n links a name." : "No link matches; Esc ends the filter.";
  return [lines[0] ?? [], line(`  ${none}`, "dim"), ...lines.slice(2)];
}

const moodOf = (row: LinkRow, state: ScreenState): LinkRow["mood"] => (hasExpired(row, state) ? "idle" : row.mood);

function linkCells(row: LinkRow, state: ScreenState, { clean, ...drawing }: Drawing): readonly string[] {
  const { name, connection = "-", reference = "-", version = "-", ageMs, expiresInMs, reads } = row;
  const gone = state.nowMs - state.readAtMs;
  const isKept = ageMs !== undefined && !hasExpired(row, state);
  return [
    name,
    stateText(moodOf(row, state), hasExpired(row, state) ? "expired" : row.state, drawing),
    ...[connection, reference],
    isKept ? version : "-",
    isKept ? durationText(ageMs + gone) : "-",
    isKept && expiresInMs !== undefined ? durationText(expiresInMs - gone) : "-",
    reads === undefined ? "-" : String(reads),
  ].map(clean);
}

/** A duration as long as any. */
const LONGEST = "59 min";

const widest = new WeakMap<readonly LinkRow[], readonly (readonly string[])[]>();

/** One row as wide as the widest of all, so that scrolling moves no column. */
function widestCells(rows: readonly LinkRow[], { clean }: Drawing): readonly (readonly string[])[] {
  let known = widest.get(rows);
  if (known === undefined) {
    const cells = rows.map(({ name, state, connection = "", reference = "", version = "", reads = 0 }) => [
      ...[name, `● ${state}`, connection, reference, version, LONGEST, LONGEST, String(reads)],
    ]);
    const longest = LINK_COLUMNS.map((_, at) =>
      cells.reduce((most, one) => Math.max(most, widthOf(clean(one[at] ?? ""))), 0),
    );
    widest.set(rows, (known = [longest.map((width) => " ".repeat(width))]));
  }
  return known;
}

interface Rows {
  readonly state: ScreenState;
  /** How many there is room for. */
  readonly rows: number;
  readonly selected: number;
  /** That of each row's second cell. */
  readonly styles: readonly Style[];
}

function drawRows(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  sizes: readonly (readonly string[])[],
  { state, rows, selected, styles }: Rows,
): readonly Line[] {
  const natural = columns.map((_, at) => Math.max(0, ...sizes.map((row) => widthOf(row[at] ?? ""))));
  const widths = columnWidths(columns, natural, state.size.columns - MARGIN);
  const parts = (row: readonly string[]): readonly string[] =>
    row.flatMap((cell, at) => {
      const width = widths[at] ?? 0;
      return width > 0 ? (at === 0 ? "" : " ".repeat(GAP)) + fit(cell, width) : [];
    });
  const head = line(" ".repeat(MARGIN) + parts(columns.map((one) => one.head)).join(""), "strong");
  const lines = cells.map((row, index): Line => {
    const texts = parts(row);
    if (index === selected) {
      return [span(fit(`> ${texts.join("")}`, state.size.columns), "selected")];
    }
    return [span("  "), ...texts.map((text, at): Span => span(text, at === 1 ? (styles[index] ?? "plain") : "plain"))];
  });
  return [head, ...lines, ...Array.from({ length: Math.max(0, rows - lines.length) }, (): Line => [])];
}
