import { CliError } from "../failure.ts";
import { at } from "../options/secrets.ts";
import { type Change, change, type Kind } from "./change.ts";
import type { Reader } from "./permissions.ts";
import { type Loaded, readConfig } from "./read.ts";

/** How often a file is read again that others keep changing. */
const MAX_TRIES = 5;

/**
 * Edits a file as `change` does. Where another command was faster, as it may be while a person is asked, reads it again and
 * makes the same changes to what it says now. Throws `conflict` if that command changed the same members.
 */
export async function changeAgain(
  read: Loaded<object>,
  kind: Kind,
  { changes, reader }: { readonly changes: readonly Change[]; readonly reader: Reader },
): Promise<boolean> {
  let now = read;
  for (let tries = 1; ; tries++) {
    try {
      return await change(now, kind, changes);
    } catch (thrown) {
      const isConflict = thrown instanceof CliError && thrown.code === "conflict";
      if (!isConflict || tries >= MAX_TRIES) throw thrown;
      now = await readConfig<object>(read.file, kind.schema, reader);
      if (changes.some(({ keys }) => !isSame(read.content, now.content, keys))) throw thrown;
    }
  }
}

/** Whether two contents say the same of a member, or of the entry that it is a part of. */
function isSame(one: object, other: object, keys: readonly string[]): boolean {
  const [before, after] = [one, other].map((content) => JSON.stringify(at(content, keys.slice(0, 2))));
  return before === after;
}
