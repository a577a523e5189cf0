import { parseTree } from "jsonc-parser";
import { positionAt } from "./config-error.ts";
import type { Loaded } from "./read.ts";
import { members } from "./tree.ts";

/** Where something stands in a configuration file. */
export interface FilePlace {
  readonly file: string;
  /** From 1. */
  readonly line?: number;
}

/** Where a member of a file stands, by the keys that lead to it. The file was read, so its text is well-formed. */
export function placeIn({ file, text }: Pick<Loaded<unknown>, "file" | "text">, keys: readonly string[]): FilePlace {
  // The mark at the beginning is one unit wide: a space in its place keeps every offset.
  const body = text?.replace(/^\ufeff/, " ");
  let node = body === undefined ? undefined : parseTree(body);
  let offset: number | undefined;
  for (const key of keys) {
    const member = node && members(node).find((one) => one.key === key);
    [node, offset] = [member?.value, member?.keyNode.offset];
  }
  return { file, ...(body !== undefined && offset !== undefined && { line: positionAt(body, offset).line }) };
}

/** The same as `file:line`, which editors open. */
export const shownPlace = ({ file, line }: FilePlace): string => (line === undefined ? file : `${file}:${line}`);
