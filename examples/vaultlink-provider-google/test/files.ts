import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Account } from "./people.ts";
import { PROJECT } from "./vault.ts";

/** Files of credentials in a folder of their own. */
export interface Files {
  readonly folder: string;
  /** Writes a file; returns its path. */
  write(name: string, content: object): Promise<string>;
  remove(): Promise<void>;
}

export async function credentialFiles(): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), "vaultlink-google-"));
  return {
    folder,
    async write(name, content) {
      const path = join(folder, `${name}.json`);
      await writeFile(path, JSON.stringify(content), { mode: 0o600 });
      return path;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The file of a service account whose tokens a server gives. */
export function keyFile({ email, privateKey }: Account, server: string): object {
  return {
    type: "service_account",
    project_id: PROJECT,
    private_key_id: "key-1",
    private_key: privateKey,
    client_email: email,
    token_uri: `${server}/token`,
  };
}
