import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach } from "vitest";

/** A person's home, empty before each test of a file. */
export function useHome(): { readonly path: string; keep(name: string, text: string, mode?: number): Promise<string> } {
  const folders: string[] = [];
  beforeEach(async () => {
    folders.push(await mkdtemp(join(tmpdir(), "vault-home-")));
  });
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
  const here = (): string => folders.at(-1) ?? "";
  return {
    get path() {
      return here();
    },
    keep: async (name, text, mode = 0o600) => {
      const path = join(here(), name);
      await writeFile(path, text);
      await chmod(path, mode);
      return path;
    },
  };
}
