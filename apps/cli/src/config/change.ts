import { dirname } from "node:path";
import { isSecretError, SecretError } from "@vaultlink/core";
import { CliError } from "../failure.ts";
import { edit } from "./edit.ts";
import { locked } from "./lock.ts";
import { ANYBODYS } from "./permissions.ts";
import { type Loaded, parseConfig } from "./read.ts";
import { readText } from "./read-file.ts";
import { makeFolder, type Privacy, save, target } from "./save.ts";
import type { Schema } from "./schema/types.ts";
import { clean } from "../output/clean.ts";

/** One member to set, or to remove (`undefined`), by the keys that lead to it. */
export interface Change {
  readonly keys: readonly string[];
  readonly value: unknown;
}

/** What kind of file it is. */
export interface Kind {
  readonly schema: Schema;
  readonly privacy: Privacy;
  /** The value of `$schema` in a new file. */
  readonly reference?: string;
}

/**
 * Edits a file that was read before: under its lock, only if nobody changed it since, and only if the result is valid.
 * Throws `conflict` otherwise, or `invalid_config`, with the file as it was. Returns whether anything changed.
 */
export async function change(read: Loaded<object>, kind: Kind, changes: readonly Change[]): Promise<boolean> {
  if (read.text === undefined && changes.every(({ value }) => value === undefined)) return false;
  const file = await target(read.file);
  return reported(file, async () => {
    if (kind.privacy === "private") await makeFolder(dirname(file));
    return locked(file, async (confirm) => {
      if ((await readText(file, ANYBODYS)) !== read.text) {
        throw new CliError(
          "conflict",
          `${clean(file)} was changed by another command; nothing was written.`,
          "Try again",
        );
      }
      let text = read.text ?? fresh(kind);
      for (const { keys, value } of changes) text = edit(text, keys, value);
      if (text === read.text) return false;
      parseConfig(file, text, kind.schema);
      await confirm();
      await save(file, text, kind.privacy);
      return true;
    });
  });
}

/** The text of a new file. */
const fresh = ({ reference }: Kind): string =>
  `${JSON.stringify({ ...(reference !== undefined && { $schema: reference }), version: 1 }, null, 2)}\n`;

/** Says in words what the operating system refused. */
async function reported<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (isSecretError(error) || error instanceof CliError || typeof code !== "string") throw error;
    throw new SecretError("invalid_config", `${clean(file)} cannot be written; it is as it was.`, { native: { code } });
  }
}
