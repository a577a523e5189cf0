import { rmSync } from "node:fs";
import type { Command, Setting } from "./commands.ts";
import type { CommandUnderTest } from "./copy-of-command.ts";
import { folderOf } from "./folder.ts";
import { live } from "./world.ts";

/** The number that systems give nobody. */
const NOBODY = 65_534;

/**
 * Has this process go on as nobody where it is root's: root may write every file, so it would never see a policy that its admin
 * may not write. Root's sources may be readable for root only, so whatever is loaded when it is needed is needed once before.
 */
export async function becomeNobody(command: CommandUnderTest): Promise<void> {
  if (process.getuid?.() !== 0) return;
  await live(command, SETTING, HISTORY);
  rmSync(folderOf(0), { recursive: true, force: true });
  process.seteuid?.(NOBODY);
  try {
    folderOf(NOBODY);
  } catch {
    // Only root has a folder for temporary files here.
    process.seteuid?.(0);
    return;
  }
  process.seteuid?.(0);
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}

const nobody = { who: "anna", roles: ["vaultlink-admin"], own: [], disconnected: [], cache: {}, audit: true } as const;

const SETTING: Setting = {
  people: [nobody, nobody],
  policy: { version: 1, connections: { hcv: { provider: "hashicorp", url: "https://policy-hcv-0" } } },
  project: [{ name: "far", kind: "memory", variant: 0 }],
  trusted: true,
  agent: false,
  writable: true,
};

const HISTORY: readonly Command[] = [
  { do: "connect", by: 0, name: "mem", kind: "memory", variant: 0 },
  { do: "reauth", by: 0, name: "mem" },
  { do: "get", by: 0, link: "A" },
  { do: "relink", by: 0, link: "B", name: "mem", verify: true },
  { do: "link", by: 0, link: "E", name: "mem" },
  { do: "ttl", by: 0, minutes: 5 },
  { do: "list", by: 0 },
  { do: "status", by: 0 },
  { do: "logout", by: 0, name: undefined },
  { do: "connect", by: 0, name: "hcv", kind: "hashicorp", variant: 0 },
  { do: "disconnect-link", by: 0, link: "A", yes: true },
  { do: "disconnect", by: 0, name: "hcv", yes: true },
  { do: "get", by: 0, link: "C" },
];
