/** What a command has to say once it is done. */
export type Result = Message | Lines | Value | Ended;

/** Lines for people, and the same as data for `--json`. */
export interface Message {
  readonly kind: "message";
  readonly body: readonly (string | Table)[];
  readonly json: Readonly<Record<string, unknown>>;
  /** @default 0 */
  readonly exit?: number;
}

/** Lines that are printed as they come in. With `--json` there is one object, once all are there. */
export interface Lines {
  readonly kind: "lines";
  readonly lines: AsyncIterable<string>;
  /** Called after the last line. */
  readonly json: () => Readonly<Record<string, unknown>>;
}

/** Values, for `get`, `inject` and `export`: the bytes go out as they are. */
export interface Value {
  readonly kind: "value";
  /** What standard error is told before: commands that have whoever reads both mask the values. */
  readonly before?: string;
  readonly bytes: Uint8Array;
  readonly json: Readonly<Record<string, unknown>>;
}

/** How the command ended, or the child of `run`: then our own end says the same. */
export interface Ended {
  readonly kind: "ended" | "child-ended";
  readonly code: number;
  readonly signal?: NodeJS.Signals;
}

/** Rows under headings. */
export interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = string | { readonly text: string; readonly style: Style };

/** What a cell means, which a terminal shows as a colour. */
export type Style = "good" | "bad" | "dim";

export const message = (body: Message["body"], json: Message["json"], exit = 0): Message => ({
  kind: "message",
  body,
  json,
  exit,
});
