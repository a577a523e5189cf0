import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let folder: string | undefined;
let written = 0;
const living = new Set<string>();

/** A certificate in a file, for those who read `NODE_EXTRA_CA_CERTS`. It goes with `remove`, or with the process. */
export function writeCaFile(pem: string): { readonly path: string; readonly remove: () => void } {
  folder ??= createFolder();
  written += 1;
  const path = join(folder, `${written}.pem`);
  writeFileSync(path, pem);
  living.add(path);
  return {
    path,
    remove: () => {
      living.delete(path);
      rmSync(path, { force: true });
      if (living.size === 0) removeFolder();
    },
  };
}

function createFolder(): string {
  process.once("exit", removeFolder);
  return mkdtempSync(join(tmpdir(), "stand-ins-azure-ca-"));
}

function removeFolder(): void {
  process.off("exit", removeFolder);
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
}
