import { Box, Text, type TextProps, useInput, usePaste } from "ink";
import { createElement, type ReactElement, useSyncExternalStore } from "react";
import type { Controller } from "../controller.ts";
import { keysOf } from "../terminal/keys.ts";
import { draw } from "./draw.ts";
import type { Drawing } from "./drawing.ts";
import type { Line, Style } from "./line.ts";

type Look = Omit<TextProps, "children">;

const COLOURED: Readonly<Record<Style, Look>> = {
  plain: {},
  good: { color: "green" },
  bad: { color: "red" },
  busy: { color: "yellow" },
  dim: { dimColor: true },
  strong: { bold: true },
  selected: { inverse: true },
  cursor: { inverse: true },
  bar: { inverse: true, bold: true },
};
const COLOURLESS: Readonly<Record<Style, Look>> = { ...COLOURED, good: {}, bad: {}, busy: {}, dim: {} };

/** The window: draws the state, and hands on what is typed. */
export function Window({ controller, drawing }: { controller: Controller; drawing: Drawing }): ReactElement {
  const state = useSyncExternalStore(controller.subscribe, controller.current);
  const { dispatch } = controller;
  useInput((input, key) => {
    for (const one of keysOf(input, key)) dispatch({ kind: "key", key: one });
  });
  usePaste((text) => dispatch({ kind: "paste", text }));
  const looks = drawing.colour ? COLOURED : COLOURLESS;
  const { columns, rows } = state.size;
  const lines = draw(state, drawing);
  return createElement(
    Box,
    { flexDirection: "column", width: columns, height: rows, overflow: "hidden" },
    ...lines.slice(0, rows).map((line, at) => drawLine(line, at, looks)),
  );
}

/** A row of the screen; an empty one has a blank, since a text of nothing takes no row. */
function drawLine(line: Line, at: number, looks: Readonly<Record<Style, Look>>): ReactElement {
  const spans =
    line.length === 0
      ? [" "]
      : line.map(({ text, style }, index) => createElement(Text, { key: index, ...looks[style] }, text));
  return createElement(Text, { key: at, wrap: "truncate" }, ...spans);
}
