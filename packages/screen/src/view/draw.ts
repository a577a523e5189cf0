import type { Overview } from "../source.ts";
import { charactersOf } from "../state/edit.ts";
import { layoutOf } from "../state/layout.ts";
import { linksOf } from "../state/rows.ts";
import type { ScreenState, TextEntry } from "../state/state.ts";
import type { Drawing } from "./drawing.ts";
import { line, type Line, span } from "./line.ts";
import { type Drawn, drawConfirm, drawDetails, drawHelp, drawPicker, drawValue, typed } from "./panels.ts";
import { drawSignIn } from "./sign-in.ts";
import { drawConnections, drawLinks } from "./table.ts";
import { fit, truncate, widthOf } from "./text.ts";

const KEYS = "Enter details  / filter  ? help  : command  q quit";

/** The whole screen, a line for each of its rows. */
export function draw(state: ScreenState, drawing: Drawing): readonly Line[] {
  const { panel, size } = state;
  if (panel.kind === "table" || panel.kind === "entry")
    return drawTable(state, drawing, panel.kind === "entry" ? panel.entry : undefined);
  const drawn = drawPanel(state, panel, drawing);
  const lines = [bar(drawn.title, size.columns), ...drawn.lines].slice(0, size.rows - 2);
  const fill = Array.from({ length: size.rows - 2 - lines.length }, (): Line => []);
  return [...lines, ...fill, notice(state, drawing), line(truncate(drawn.keys, size.columns), "dim")];
}

function drawPanel(
  state: ScreenState,
  panel: Exclude<ScreenState["panel"], { kind: "table" | "entry" }>,
  drawing: Drawing,
): Drawn {
  switch (panel.kind) {
    case "help":
      return drawHelp(state, panel.top);
    case "details":
      return drawDetails(state, panel, drawing);
    case "value":
      return drawValue(state, panel, drawing);
    case "picker":
      return drawPicker(state, panel.picker, drawing);
    case "confirm":
      return drawConfirm(state, panel.confirm, drawing);
    case "sign-in":
      return drawSignIn(state, drawing);
  }
}

function drawTable(state: ScreenState, drawing: Drawing, entry: TextEntry | undefined): readonly Line[] {
  const { columns, rows } = state.size;
  const { connectionRows, linkRows } = layoutOf(state);
  const lists = [
    ...(connectionRows > 0 ? drawConnections(state, drawing) : []),
    ...(connectionRows > 0 && linkRows > 0 ? [[]] : []),
    ...(linkRows > 0 ? drawLinks(state, drawing) : []),
  ];
  const lines = [title(state, drawing), ...lists].slice(0, rows - 2);
  const fill = Array.from({ length: Math.max(0, rows - 2 - lines.length) }, (): Line => []);
  const last =
    entry === undefined
      ? [notice(state, drawing), line(truncate(KEYS, columns), "dim")]
      : drawEntry(state, entry, drawing);
  return [...lines, ...fill, ...last];
}

function drawEntry(state: ScreenState, entry: TextEntry, { clean }: Drawing): readonly Line[] {
  const { columns } = state.size;
  const { label, text, cursor, purpose } = entry;
  const isShort = purpose.kind === "filter" || purpose.kind === "command";
  const name = purpose.kind === "reference" ? `${purpose.link.name}: ${label.toLowerCase()}` : label;
  const head = span(isShort ? label : `${clean(name)}: `, "strong");
  const keys =
    purpose.kind === "reference" ? "Enter go on  Tab choose from a vault  Esc back" : "Enter go on  Esc back";
  // What does not fit goes out at the left, so that the cursor is on the screen.
  const room = Math.max(8, columns - widthOf(head.text) - 2);
  const skip = Math.max(0, cursor - room);
  const part = charactersOf(text)
    .slice(skip, skip + room)
    .join("");
  const shown = typed(part, cursor - skip, clean);
  return [[head, ...shown], line(truncate(keys, columns), "dim")];
}

function title(state: ScreenState, { clean }: Drawing): Line {
  const { overview, size, settings, filter } = state;
  if (overview === undefined) return bar("vaultlink  …", size.columns);
  const parts = [
    ...["vaultlink", countText(state, overview), ttlText(overview)],
    ...(filter === "" ? [] : [`filter: ${clean(filter)}`]),
    ...(settings.readonly ? ["read-only"] : []),
    clean(overview.place),
  ];
  return bar(parts.join("   "), size.columns);
}

function countText(state: ScreenState, { links }: Overview): string {
  const shown = linksOf(state).length;
  const bad = links.filter(({ mood }) => mood === "bad").length;
  const count = shown === links.length ? `${links.length} links` : `${shown} of ${links.length} links`;
  return bad === 0 ? count : `${count}, ${bad} unresolved`;
}

const ttlText = ({ ttl }: Overview): string => (ttl === 0 ? "values are not kept" : `kept ${ttl} min`);

const bar = (text: string, columns: number): Line => [span(fit(` ${text}`, columns), "bar")];

/** What is under way, unless something was wrong since it began, else what was said last, else what helps with the selected link. */
function notice(state: ScreenState, { clean }: Drawing): Line {
  const { columns } = state.size;
  if (state.work !== undefined && state.notice?.mood !== "bad")
    return line(truncate(clean(workText(state, state.work)), columns), "busy");
  if (state.notice !== undefined) {
    const { text, mood } = state.notice;
    return line(truncate(clean(text), columns), mood === "plain" ? "plain" : mood);
  }
  const told = helpFor(state);
  return told === undefined ? [] : line(truncate(clean(told), columns), "dim");
}

function workText({ panel, signIn }: ScreenState, work: string): string {
  if (signIn === undefined || panel.kind === "sign-in") return `… ${work}`;
  return `… ${work}${signIn.question === undefined ? "" : ", which asks something"}: a shows it, Esc cancels`;
}

function helpFor(state: ScreenState): string | undefined {
  const row = state.focus === "links" ? linksOf(state).find(({ name }) => name === state.link) : undefined;
  if (row?.hint !== undefined) return `${row.name}: try ${row.hint}`;
  return state.overview?.notices[0];
}
