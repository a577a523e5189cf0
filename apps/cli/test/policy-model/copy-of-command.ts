import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as agentClient from "@vaultlink/agent";
import type * as agentServer from "@vaultlink/agent/server";
import type * as core from "@vaultlink/core";
import type * as coreForProviders from "@vaultlink/core/provider";
import type * as source from "../../src/agent/source.ts";
import type * as cache from "../../src/commands/cache.ts";
import type * as connect from "../../src/commands/connect/connect.ts";
import type * as disconnect from "../../src/commands/disconnect/disconnect.ts";
import type * as get from "../../src/commands/get.ts";
import type * as link from "../../src/commands/link.ts";
import type * as list from "../../src/commands/list.ts";
import type * as logout from "../../src/commands/logout.ts";
import type * as reauth from "../../src/commands/reauth.ts";
import type * as relink from "../../src/commands/relink.ts";
import type * as status from "../../src/commands/status.ts";
import type * as trust from "../../src/commands/trust.ts";
import type * as failures from "../../src/output/failures.ts";
import type { Mutant } from "./mutants/mutant.ts";

/** The repository that these tests are in. */
export const REPOSITORY: string = join(import.meta.dirname, "../../../..");

/** The commands of one copy of the sources, with the core and the agent that they use. */
export type CommandUnderTest = Pick<typeof source, "loadForAgent" | "defineForAgent"> &
  Pick<typeof cache, "cacheTtl"> &
  Pick<typeof failures, "exitOf" | "failuresOf"> &
  typeof connect &
  typeof get &
  Pick<typeof disconnect, "disconnect"> &
  Pick<typeof link, "link"> &
  Pick<typeof list, "list"> &
  typeof logout &
  typeof reauth &
  Pick<typeof relink, "relink"> &
  typeof status &
  typeof trust & {
    readonly core: typeof core & typeof coreForProviders;
    readonly agent: Pick<typeof agentClient, "AgentAccess"> & Pick<typeof agentServer, "Call" | "VaultOperations">;
  };

const COMMAND = [
  ...["agent/source", "commands/cache", "commands/connect/connect", "commands/disconnect/disconnect", "commands/get"],
  ...["commands/link", "commands/list", "commands/logout", "commands/reauth", "commands/relink", "commands/status"],
  ...["commands/trust", "output/failures"],
];

/** Loads the commands of a copy: this repository's, or one that `copyWith` made. */
export async function loadCommand(root: string): Promise<CommandUnderTest> {
  const all = async (files: readonly string[]): Promise<object> => {
    const modules = await Promise.all(
      files.map(async (file) => (await import(pathToFileURL(join(root, `${file}.ts`)).href)) as object),
    );
    return Object.assign({}, ...modules) as object;
  };
  const command = await all(COMMAND.map((file) => `apps/cli/src/${file}`));
  const ofCore = await all(["packages/core/src/index", "packages/core/src/provider"]);
  const ofAgent = await all(["packages/agent/src/index", "packages/agent/src/server"]);
  return { ...command, core: ofCore, agent: ofAgent } as CommandUnderTest;
}

/** What a mistake may be in: each is copied, and the copies use each other. */
const COPIED = ["apps/cli", "packages/core", "packages/agent"];

/** A copy of the command's sources with one mistake in it; `remove` deletes it. Throws where the mistake can't be made. */
export function copyWith({ name, edits }: Mutant): { readonly root: string; readonly remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), "vaultlink-mutant-"));
  // Whoever lives the histories may be another user.
  chmodSync(root, 0o755);
  for (const part of COPIED) {
    cpSync(join(REPOSITORY, part, "src"), join(root, part, "src"), { recursive: true });
    cpSync(join(REPOSITORY, part, "package.json"), join(root, part, "package.json"));
    linkModules(root, join(part, "node_modules"));
  }
  for (const { file, from, to } of edits) {
    const path = join(root, file);
    const parts = readFileSync(path, "utf8").split(from);
    if (parts.length !== 2) throw new Error(`${name}: its text stands ${parts.length - 1} times in ${file}.`);
    writeFileSync(path, parts.join(to));
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Leads to what a package depends on, and to the copies of what is copied. */
function linkModules(root: string, folder: string): void {
  for (const entry of readdirSync(join(REPOSITORY, folder))) {
    if (entry.startsWith(".")) continue;
    if (entry.startsWith("@") && entry !== "@types") {
      linkModules(root, join(folder, entry));
      continue;
    }
    const real = realpathSync(join(REPOSITORY, folder, entry));
    const copied = COPIED.find((part) => real === join(REPOSITORY, part));
    const path = join(root, folder, entry);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(copied === undefined ? real : join(root, copied), path, "junction");
  }
}
