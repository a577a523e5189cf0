import { commands } from "../state/commands.ts";
import { choices } from "../state/picker-keys.ts";
import { charactersOf } from "../state/edit.ts";
import type { Confirm, Panel, Picker, ScreenState } from "../state/state.ts";
import { scrolled } from "../state/layout.ts";
import type { Drawing } from "./drawing.ts";
import { durationText } from "./duration.ts";
import { line, type Line, span } from "./line.ts";
import { chunks, fit, truncate, visible, wrap } from "./text.ts";

/** What a panel shows: its heading, its lines, and the keys that work in it. */
export interface Drawn {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly keys: string;
}

/** How many lines a panel has room for: its title, the notice and the keys are besides. */
export const roomOf = ({ size }: ScreenState): number => Math.max(1, size.rows - 4);

const window = (lines: readonly Line[], top: number, room: number): readonly Line[] => {
  const from = Math.max(0, Math.min(top, lines.length - room));
  return lines.slice(from, from + room);
};

/** The keys and the commands. */
export function drawHelp(state: ScreenState, top: number): Drawn {
  const moves: readonly (readonly [string, string])[] = [
    ["↑ ↓  j k", "Move; PgUp, PgDn, g and G go further"],
    ["Tab", "Between links and connections"],
    ["Enter", "Details of a link; from a connection to its links"],
    ["/", "Filter by name, reference, connection or state; Esc ends it"],
    [":", "A command by its word, e.g. :ttl 45"],
    ["Esc", "Back; cancels what is under way"],
    ["Mouse", "A click selects, the wheel scrolls"],
  ];
  const rows = commands().map(({ key = "", word, operands = "", summary }) => [
    ...[key, `:${word} ${operands}`.trimEnd(), summary],
  ]);
  const lines = [
    ...moves.map(([keys, what]) => [span(`  ${fit(keys, 10)}`, "strong"), span(what)]),
    [],
    ...rows.map(([key = "", word = "", what = ""]) => [
      ...[span(`  ${fit(key, 3)}`, "strong"), span(fit(word, 32), "dim"), span(what)],
    ]),
    [],
    line(
      `  No value is on the screen unless v asked for it.${state.settings.readonly ? " This window is read-only." : ""}`,
    ),
  ];
  return { title: "Keys", lines: window(lines, top, roomOf(state)), keys: "↑ ↓ scroll   Esc back" };
}

/** What is known of a link. */
export function drawDetails(state: ScreenState, panel: Panel & { kind: "details" }, { clean }: Drawing): Drawn {
  const label = Math.max(0, ...(panel.details ?? []).map((one) => one.label.length)) + 2;
  const lines = (panel.details ?? []).flatMap(({ label: name, text }) =>
    wrap(clean(text), Math.max(10, state.size.columns - label - 3)).map((part, at): Line => [
      span(`  ${fit(at === 0 ? name : "", label)}`, "dim"),
      span(part),
    ]),
  );
  return {
    title: clean(panel.name),
    lines: panel.details === undefined ? [line("  …", "dim")] : window(lines, panel.top, roomOf(state)),
    keys: "v value   y copy   e relink   Esc back",
  };
}

/** A value, which was asked for. */
export function drawValue(state: ScreenState, panel: Panel & { kind: "value" }, { clean }: Drawing): Drawn {
  const width = Math.max(10, state.size.columns - 4);
  const all = panel.text.split("\n").flatMap((part) => chunks(visible(part), width));
  const room = Math.max(1, roomOf(state) - 1);
  const cut = all.length > room ? [line(`  … ${all.length - room + 1} more lines`, "dim")] : [];
  const lines = all.slice(0, cut.length > 0 ? room - 1 : room).map((text) => line(`  ${text}`));
  return {
    title: `${clean(panel.name)}: its value, for ${durationText(panel.untilMs - state.nowMs)} more`,
    lines: [[], ...lines, ...cut],
    keys: "Esc takes it off the screen",
  };
}

/** Something that only `y` agrees to. */
export function drawConfirm(state: ScreenState, { question, lines }: Confirm, { clean }: Drawing): Drawn {
  const width = Math.max(10, state.size.columns - 4);
  const all = lines.flatMap((text) => wrap(clean(text), width)).map((text) => line(`  ${text}`));
  const room = roomOf(state) - 2;
  const shown = all.length > room ? [...all.slice(0, room - 1), line(`  … ${all.length - room + 1} more`)] : all;
  return { title: clean(question), lines: [[], ...shown], keys: "y yes   n no" };
}

/** What can be linked. */
export function drawPicker(state: ScreenState, picker: Picker, { clean }: Drawing): Drawn {
  const all = choices(state, picker);
  const room = roomOf(state) - 2;
  const top = scrolled(Math.max(0, picker.selected - (room >> 1)), picker.selected, room, all.length);
  const where =
    picker.connection === undefined ? "Connection" : (picker.document ?? `${picker.connection}://${picker.prefix}`);
  const rows = all.slice(top, top + room).map(({ label, reference }, at): Line => {
    const isFolder = reference === undefined && picker.connection !== undefined && !label.endsWith("/");
    const text = truncate(clean(label), state.size.columns - 4) + (isFolder ? "/" : "");
    return at + top === picker.selected ? line(`> ${text}`, "selected") : line(`  ${text}`);
  });
  const isWaiting = picker.connection !== undefined && picker.entries === undefined;
  const none = line(isWaiting ? "  …" : "  Nothing here.", "dim");
  const { problem } = picker;
  const told = problem && [
    line(`  ${clean(problem.message)}`, "bad"),
    ...(problem.hint === undefined ? [] : [line(`  Try: ${clean(problem.hint)}`)]),
  ];
  return {
    title: `${picker.link.name}: choose from ${clean(where)}`,
    lines: [
      line(picker.filter === "" ? "  type to filter" : `  / ${clean(picker.filter)}`, "dim"),
      ...(told ?? (rows.length > 0 ? rows : [none])),
    ],
    keys: "Enter choose   Esc back",
  };
}

/** A line that is typed, with its cursor. */
export function typed(text: string, cursor: number, clean: Drawing["clean"]): Line {
  const characters = charactersOf(text);
  return [
    span(clean(characters.slice(0, cursor).join(""))),
    span(clean(characters[cursor] ?? " ") || " ", "cursor"),
    span(clean(characters.slice(cursor + 1).join(""))),
  ];
}
