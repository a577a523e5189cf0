import type { VaultStandIn } from "@vaultlink/stand-ins";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pack } from "../packages/pack.ts";
import { runIn } from "./tools.ts";

/** More than Node's usual limit of listeners for one event, beyond which it warns: 10. */
const NAMES: readonly string[] = Array.from({ length: 11 }, (_, index) => `NAME_${index}`);

/** The packed command with eleven links to eleven documents of a vault: what goes wrong when `run` starts with them. */
export interface PackedCommand {
  /** What differs from the values, or what is said besides; `undefined` if nothing. */
  runs(node: string): Promise<string | undefined>;
}

/** Packs the command, and makes it a home below `folder` in which it knows the vault. */
export function packCommand(root: string, folder: string, vault: VaultStandIn): PackedCommand {
  const packed = pack(join(root, "apps/cli"), mkdtempSync(join(folder, "command-")));
  const main = join(packed.folder, packed.manifest.bin?.["vaultlink"] ?? "");
  const home = mkdtempSync(join(folder, "home-"));
  mkdirSync(join(home, "vaultlink"), { mode: 0o700 });
  const config = { version: 1, connections: { hcv: { provider: "hashicorp", address: vault.url } } };
  writeFileSync(join(home, "vaultlink", "config.json"), JSON.stringify(config), { mode: 0o600 });
  const links = Object.fromEntries(NAMES.map((name) => [name, `hcv://secret/app/many/${name}#value`]));
  writeFileSync(join(home, "vaultlink.json"), JSON.stringify({ version: 1, links }));
  for (const name of NAMES) vault.put(`secret/app/many/${name}`, { value: `value of ${name}` });

  const { PATH } = process.env;
  const env = { PATH, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, ...vault.env };
  const script = `for (const name of ${JSON.stringify(NAMES)}) console.log(process.env[name])`;
  const expected = NAMES.map((name) => `value of ${name}\n`).join("");
  return {
    runs: async (node) => {
      const command = [node, main, "run", "--mask", "never", "--", node, "-e", script] as const;
      const { ok, text, stderr } = await runIn(home, env, command);
      return ok && text === expected && stderr === "" ? undefined : `${stderr}${text}`.trim().slice(0, 500);
    },
  };
}
