import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../../apps/cli/src/main.ts", import.meta.url));

/** What a connection of the command is set up with. */
export interface CommandSetUp {
  /** The connection `ex`, as a configuration has it. */
  readonly entry: object;
  readonly env: Readonly<Record<string, string>>;
  /** What is read. */
  readonly reference: string;
}

/**
 * What `vaultlink get` prints, without an agent and through one: from this repository's sources, for a user of its own who
 * trusts the provider.
 */
export async function getByCommand({ entry, env, reference }: CommandSetUp): Promise<{ alone: string; agent: string }> {
  const home = await mkdtemp(join(tmpdir(), "vaultlink-faces-"));
  const own = {
    PATH: process.env["PATH"],
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_RUNTIME_DIR: join(home, "run"),
    ...env,
  };
  const vaultlink = (agent: "on" | "off", ...given: readonly string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      const variables = { ...own, VAULTLINK_AGENT: agent };
      const args = ["--conditions=source", MAIN, ...given];
      execFile(process.execPath, args, { cwd: home, env: variables }, (failed, out, err) =>
        failed === null ? resolve(out) : reject(new Error(err)),
      );
    });
  try {
    await mkdir(join(home, "vaultlink"), { mode: 0o700 });
    await mkdir(join(home, "run"), { mode: 0o700 });
    const content = JSON.stringify({ version: 1, connections: { ex: entry } });
    await writeFile(join(home, "vaultlink/config.json"), content, { mode: 0o600 });
    await vaultlink("off", "trust", "--yes");
    const alone = await vaultlink("off", "get", reference);
    return { alone, agent: await vaultlink("on", "get", reference) };
  } finally {
    await vaultlink("on", "agent", "stop").catch(() => undefined);
    await rm(home, { recursive: true, force: true });
  }
}
