import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../temporary.ts";
import { ADMIN, type Backend } from "./backend.ts";

/** Where the files of somebody at a shell are. */
export interface Folders {
  readonly home: string;
  readonly cwd: string;
  readonly config: string;
  readonly runtime: string;
  /** The machine's policy: there, if the connection is a team's. */
  readonly policy: string;
}

/** Folders of the test's own, with an empty project. */
export async function makeFolders(team: Backend | undefined): Promise<Folders> {
  const home = await temporaryFolder();
  const folders = {
    home,
    cwd: join(home, "project"),
    config: join(home, ".config", "vaultlink"),
    runtime: join(home, "r"),
    policy: join(home, "etc", "policy.json"),
  };
  await mkdir(folders.cwd);
  await mkdir(folders.config, { recursive: true, mode: 0o700 });
  await mkdir(folders.runtime, { mode: 0o700 });
  await writeFile(join(folders.cwd, "vaultlink.json"), '{ "version": 1, "links": {} }\n');
  await mkdir(join(home, "etc"));
  if (team !== undefined) await writeFile(folders.policy, policyOf(team), { mode: 0o644 });
  return folders;
}

/** The connection as a team's. */
function policyOf({ connection, options, provider }: Backend): string {
  const connections = { [connection]: { provider, managedBy: "team", ...options } };
  return JSON.stringify({ version: 1, roles: { admin: [ADMIN] }, connections });
}
