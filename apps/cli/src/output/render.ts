import { clean } from "./clean.ts";
import type { Cell, Message, Style, Table } from "./result.ts";
import type { Stylize } from "./style.ts";

const COLOURS: Readonly<Record<Style, "green" | "red" | "dim">> = { good: "green", bad: "red", dim: "dim" };

/** The lines of an outcome. Whatever came from a vault, a file or a person loses its control characters here. */
export function render({ body }: Pick<Message, "body">, stylize: Stylize): readonly string[] {
  return body.flatMap((part) => (typeof part === "string" ? [clean(part)] : renderTable(part, stylize)));
}

function renderTable({ heads, rows }: Table, stylize: Stylize): string[] {
  const cells = rows.map((row) => row.map((cell) => ({ text: clean(textOf(cell)), style: styleOf(cell) })));
  const widths = heads.map((head, at) => Math.max(head.length, ...cells.map((row) => row[at]?.text.length ?? 0)));
  const pad = (text: string, at: number): string => (at === heads.length - 1 ? text : text.padEnd(widths[at] ?? 0));
  return [
    heads.map((head, at) => stylize("bold", pad(head, at))).join("  "),
    ...cells.map((row) =>
      row
        .map(({ text, style }, at) => (style ? stylize(COLOURS[style], pad(text, at)) : pad(text, at)))
        .join("  ")
        .trimEnd(),
    ),
  ];
}

const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.text);
const styleOf = (cell: Cell): Style | undefined => (typeof cell === "string" ? undefined : cell.style);
