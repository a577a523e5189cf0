import { parseJsonc } from "./parse.ts";
import type { Reader } from "./permissions.ts";
import { configError, positionAt } from "./config-error.ts";
import { readText } from "./read-file.ts";
import type { Schema } from "./schema/types.ts";
import { plain } from "./tree.ts";
import { validate } from "./validate.ts";

/** A configuration file as it was read. */
export interface Loaded<Content> {
  readonly file: string;
  /** What the file held, byte for byte, or `undefined` if it was not there. An edit compares against it. */
  readonly text: string | undefined;
  readonly content: Content;
}

/** Reads one file. An absent one reads as `{ version: 1 }`. Throws `invalid_config`, with the place, for anything wrong. */
export async function readConfig<Content>(file: string, schema: Schema, reader: Reader): Promise<Loaded<Content>> {
  const text = await readText(file, reader);
  return { file, text, content: parseConfig(file, text, schema) as Content };
}

/** Parses and checks a file's text. */
export function parseConfig(file: string, text: string | undefined, schema: Schema): unknown {
  if (text === undefined) return { version: 1 };
  const root = parseJsonc(file, text);
  for (const { offset, sentence } of validate(root, schema))
    throw configError(file, sentence, positionAt(text, offset));
  return plain(root);
}
