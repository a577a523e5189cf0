import type { LinkRow, Overview } from "../src/index.ts";
import { charactersOf } from "../src/state/edit.ts";
import { reduce } from "../src/state/reduce.ts";
import {
  type Effect,
  type Event,
  initialState,
  type Key,
  type ScreenState,
  type Settings,
  type Size,
} from "../src/state/state.ts";
import { draw } from "../src/view/draw.ts";
import { overviewOf, ROWS } from "./fake-source.ts";

const NAMES: ReadonlySet<string> = new Set([
  ...["up", "down", "left", "right", "page-up", "page-down", "home", "end"],
  ...["enter", "escape", "tab", "backspace", "delete", "interrupt", "erase"],
]);

/** A window that is played without a terminal: events go in, the state, its look and what is to be done come out. */
export class Play {
  state: ScreenState;
  effects: Effect[] = [];

  constructor({
    size = { columns: 80, rows: 24 },
    rows = ROWS,
    settings = { readonly: false, mouse: true },
  }: { readonly size?: Size; readonly rows?: readonly LinkRow[]; readonly settings?: Settings } = {}) {
    this.state = initialState(size, 0, settings);
    this.load(overviewOf(rows));
  }

  load(overview: Overview): void {
    this.send({ kind: "loaded", overview, nowMs: this.state.nowMs });
  }

  send(event: Event): void {
    const { state, effects } = reduce(this.state, event);
    this.state = state;
    this.effects.push(...effects);
  }

  /** Presses keys by their names, or else as they type. */
  press(...keys: readonly string[]): void {
    for (const key of keys) this.send({ kind: "key", key: keyOf(key) });
  }

  type(text: string): void {
    this.press(...charactersOf(text));
  }

  /** What is to be done since it was asked last. */
  taken(): readonly Effect[] {
    return this.effects.splice(0);
  }

  /** The screen as text. */
  get screen(): readonly string[] {
    const drawing = { clean: (text: string) => text.replaceAll(/\p{Cc}/gu, ""), unicode: true, colour: true };
    return draw(this.state, drawing).map((line) => line.map(({ text }) => text).join(""));
  }
}

const keyOf = (key: string): Key =>
  NAMES.has(key) ? { text: "", name: key as NonNullable<Key["name"]> } : { text: key };
