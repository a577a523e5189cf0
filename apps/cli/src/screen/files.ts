import { type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** Calls back when one of these files was changed or replaced, until the signal aborts. A folder that is not there is left out. */
export function followFiles(files: readonly string[], changed: () => void, signal: AbortSignal): void {
  const byFolder = Map.groupBy(files, (file) => dirname(file));
  for (const [folder, own] of byFolder) {
    const names = new Set(own.map((file) => basename(file)));
    try {
      const watcher: FSWatcher = watch(folder, { signal, persistent: false }, (_, name) => {
        if (name === null || names.has(name)) changed();
      });
      watcher.on("error", () => {});
    } catch {
      // What is changed elsewhere shows with the next event then.
    }
  }
}
