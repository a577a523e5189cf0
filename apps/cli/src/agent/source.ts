import { dirname, join } from "node:path";
import type { CommandPlace, Configuration as Told, Proposal, Selected } from "@vaultlink/agent/server";
import type { ConnectionDefinition, Env } from "@vaultlink/core";
import { type Configuration, loadConfiguration, type Place } from "../config/load.ts";
import { auditFile, PROJECT_FILE, trustFile, userFile } from "../config/paths.ts";
import { changedCode, codeState } from "./code.ts";
import { chooseForRun } from "../vault/choose-for-run.ts";
import { record } from "../config/merge.ts";
import { namedBy } from "../plugins.ts";
import { wantsAudit } from "../policy/limits.ts";
import { type PolicyPlace, systemPolicy } from "../policy/place.ts";
import type { ProviderTable } from "../providers.ts";
import { connectionDefinition, vaultOptions } from "../vault/options.ts";
import { expectKnown, refuseDomains, referenceOf } from "../vault/resolve.ts";
import { explainTrust } from "../vault/trust.ts";
import { foreignNotice } from "../vault/with-vault.ts";

/** What the agent's own process contributes: what is not a client's to say. */
export interface Own {
  readonly platform: NodeJS.Platform;
  readonly uid: number | undefined;
  readonly providers: ProviderTable;
  /** The agent's own environment, of which the processes of others' providers get a part. */
  readonly env: Env;
  /** For tests, as in `Place`. */
  readonly policy?: PolicyPlace;
}

/** The configuration of a place, as the agent needs it. Throws `invalid_config` for a file that cannot be used. */
export async function loadForAgent(told: CommandPlace, own: Own): Promise<Told> {
  const place: Place = {
    ...told,
    platform: own.platform,
    uid: own.uid,
    ...(own.policy && { policy: own.policy }),
  };
  const configuration = await loadConfiguration(place);
  return tell(configuration, place, { own, changed: await changedCode(configuration) });
}

/** The definition that a connection of the user's configuration has. */
export async function defineForAgent(
  connection: string,
  proposal: Proposal,
  { told, own }: { readonly told: CommandPlace; readonly own: Own },
): Promise<ConnectionDefinition> {
  const { provider, maxSession, options } = proposal;
  const configuration = await loadConfiguration({ ...told, platform: own.platform, uid: own.uid });
  const entry = { ...options, provider, ...(maxSession !== undefined && { maxSession }) };
  const by = namedBy(configuration, "user", `Connection ${connection}`);
  return connectionDefinition(own, entry, by);
}

/** `changed`: connections whose provider's code is no longer what was trusted. */
function tell(
  configuration: Configuration,
  place: Place,
  { own, changed }: { readonly own: Own; readonly changed: readonly string[] },
): Told {
  const { connections: defined, links, cache = {} } = vaultOptions(own, configuration);
  // They are other connections then: the process and the values of the code before go, and loading it says why.
  const others = changed.map((name) => [name, { ...defined[name], revision: "changed" }] as const);
  const connections = { ...defined, ...Object.fromEntries(others) };
  return {
    files: filesOf(place, configuration),
    state: async () => codeState(configuration),
    owner: configuration.user.file,
    isWanted: configuration.user.content.agent !== "off",
    // None was passed by hand.
    connections: connections as Told["connections"],
    ...{ links: links ?? {}, cache },
    ...(wantsAudit(configuration.user.content, configuration.policy?.content) && { auditFile: auditFile(place) }),
    notices: foreignNotice(configuration),
    select({ names, purpose, anyDomain }) {
      if (purpose === "run") return chooseForRun(configuration, { only: names, anyDomain, platform: place.platform });
      return (names ?? [...configuration.links.keys()]).map((name) => admit(name, configuration, anyDomain));
    },
    explain: (error, name) => explainTrust(error, referenceOf(name, configuration), configuration),
  };
}

function admit(name: string, configuration: Configuration, anyDomain: boolean): Selected {
  const link = configuration.links.get(name);
  const required = link === undefined || (record(link.definition).required ?? true);
  try {
    expectKnown(name, configuration);
    if (!anyDomain) refuseDomains(name, configuration);
    return { name, required };
  } catch (error) {
    return { name, required, error };
  }
}

/** The user's own files with their folder, and every place up to the project's file where a nearer one could appear. */
function filesOf(place: Place, { project, foreign }: Configuration): readonly string[] {
  const own = userFile(place);
  const named = place.env["VAULTLINK_PROJECT"];
  const found = project?.file ?? foreign;
  const searched = named ? [named] : searchedFrom(place.cwd, found);
  const policy = (place.policy ?? systemPolicy(place.platform)).file;
  return [dirname(own), own, trustFile(place), dirname(policy), policy, ...searched];
}

function searchedFrom(from: string, found: string | undefined): readonly string[] {
  const files: string[] = [];
  for (let directory = from; ; directory = dirname(directory)) {
    const file = join(directory, PROJECT_FILE);
    files.push(directory, file);
    if (file === found || dirname(directory) === directory) return files;
  }
}
