/** What a piece of a line means, which a terminal shows as a colour or a weight. */
export type Style = "plain" | "good" | "bad" | "busy" | "dim" | "strong" | "selected" | "cursor" | "bar";

/** A piece of a line. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One row of the screen. */
export type Line = readonly Span[];

export const span = (text: string, style: Style = "plain"): Span => ({ text, style });

export const line = (text: string, style: Style = "plain"): Line => [{ text, style }];
