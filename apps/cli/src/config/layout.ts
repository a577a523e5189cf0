import type { Node } from "jsonc-parser";
import { members } from "./tree.ts";

/** How a text is laid out, so that what is added looks like what is there. */
export interface Layout {
  /** One step of indentation. */
  readonly step: string;
  readonly eol: string;
}

/** The layout of a text: that of its first indented member, else two spaces and a line feed. */
export function layoutOf(text: string, root: Node): Layout {
  const [first] = members(root);
  const indent = first === undefined ? undefined : indentAt(text, first.node.offset);
  return { step: indent || "  ", eol: text.includes("\r\n") ? "\r\n" : "\n" };
}

/** The white space before an offset, if nothing else stands before it on its line. */
export function indentAt(text: string, offset: number): string | undefined {
  const start = lineStart(text, offset);
  const before = text.slice(start, offset).replace(/^\ufeff/, "");
  return start > 0 && /^[ \t]*$/.test(before) ? before : undefined;
}

/** The indentation of the line an offset is on. */
export const lineIndent = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(lineStart(text, offset)).replace(/^\ufeff/, ""))?.[0] ?? "";

/** Where the line of an offset begins. */
export const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

/** Where the line of an offset ends: at its line break or at the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const at = text.slice(offset).search(/\r?\n/);
  return at < 0 ? text.length : offset + at;
}

/** A value as JSON, indented as if it stood at `indent`. */
export const print = (value: unknown, { step, eol }: Layout, indent: string): string =>
  JSON.stringify(value, null, step).replaceAll("\n", `${eol}${indent}`);
