import { SecretError } from "@vaultlink/core";
import { clean } from "../output/clean.ts";

/** A configuration file that cannot be used: says which, where and why, and quotes nothing of it. */
export function configError(file: string, sentence: string, at?: Position): SecretError {
  const where = at === undefined ? "" : `, line ${at.line}, column ${at.column}`;
  return new SecretError("invalid_config", `${clean(file)}${where}: ${sentence}`, { hint: `Edit ${clean(file)}` });
}

/** A place in a text, counted from 1 as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where an offset lies. Columns count UTF-16 units, as editors and language servers do. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}
