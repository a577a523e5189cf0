import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders = new Map<number | undefined, string>();

/** Where a user of the system lives histories, one after the other, in the same files: to remove them takes longer than to live. */
export function folderOf(uid: number | undefined): string {
  let folder = folders.get(uid);
  if (folder === undefined) {
    const made = realpathSync(mkdtempSync(join(tmpdir(), "vaultlink-policy-")));
    process.on("exit", () => rmSync(made, { recursive: true, force: true }));
    folders.set(uid, (folder = made));
  }
  return folder;
}
