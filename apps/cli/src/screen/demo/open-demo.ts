import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CliContext } from "../../context.ts";
import type { ProviderTable } from "../../providers.ts";
import { demoPlugin } from "./plugin.ts";
import { DEMO_LINKS, DEMO_VAULTS } from "./vaults.ts";

/** A context of its own for the demo, and what removes it. */
export interface Demo {
  readonly context: CliContext;
  remove(): Promise<void>;
}

/**
 * Four vaults in memory and a project of their own, in a temporary folder: nothing of the user's is read or written, and no
 * vault is asked.
 */
export async function openDemo(context: CliContext): Promise<Demo> {
  const home = await mkdtemp(join(tmpdir(), "vaultlink-demo-"));
  const [configuration, project] = [join(home, "config"), join(home, "shop")];
  const settings = join(configuration, "vaultlink");
  await mkdir(settings, { recursive: true, mode: 0o700 });
  await mkdir(project);
  const connections = Object.entries(DEMO_VAULTS).map(([name, { provider }]) => [name, { provider }] as const);
  const user = { version: 1, connections: Object.fromEntries(connections) };
  await writeFile(join(settings, "config.json"), JSON.stringify(user, null, 2), { mode: 0o600 });
  await writeFile(join(project, "vaultlink.json"), JSON.stringify({ version: 1, links: DEMO_LINKS }, null, 2));
  const { providers, openAgent: _, ...own } = context;
  return {
    context: {
      ...own,
      home,
      cwd: project,
      env: { XDG_CONFIG_HOME: configuration },
      providers: demoProviders(providers),
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

function demoProviders(real: ProviderTable): ProviderTable {
  const demo = Object.entries(DEMO_VAULTS).map(([connection, vault]) => {
    const known = real[vault.provider];
    const { package: name = "", title = connection } = known ?? {};
    const provider = { package: name, title, connection, load: async () => ({ plugin: demoPlugin(vault) }) };
    return [vault.provider, provider] as const;
  });
  return Object.fromEntries(demo);
}
