import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Configuration } from "./config/load.ts";
import type { ConnectionOrigin } from "./config/merge.ts";
import { originFile } from "./config/origin-file.ts";
import type { CliContext } from "./context.ts";
import { clean } from "./output/clean.ts";
import { loadPlugin } from "./providers.ts";
import type { HostedPlugin } from "./third-party/hosted-plugin.ts";
import type { NamedBy } from "./third-party/inspect.ts";
import { labelOf, type ProviderEntry, thirdPartyOf } from "./third-party/source.ts";

/** Where the command itself is installed: what is installed beside it, as with `npm install --global`, is a person's own. */
const OWN_FOLDER: string = dirname(fileURLToPath(import.meta.url));

/** Which file names the provider of a connection, and what that entails. `what` begins a sentence. */
export function namedBy(
  configuration: Pick<Configuration, "policy" | "user" | "project" | "trust">,
  origin: ConnectionOrigin,
  what: string,
): NamedBy {
  const file = originFile(origin, configuration);
  const folders = origin === "user" ? [dirname(file), OWN_FOLDER] : [dirname(file)];
  return {
    what,
    file: clean(file),
    folders,
    isUsers: origin === "user",
    pins: configuration.trust.content.providers ?? {},
  };
}

/** The plugin of a provider, one of ours or somebody else's, whose code then runs in a process of its own. */
export async function loadNamed(
  { env, providers }: Pick<CliContext, "env" | "providers">,
  provider: ProviderEntry,
  by: NamedBy,
): Promise<HostedPlugin> {
  const source = thirdPartyOf(provider);
  if (source === undefined) {
    return { plugin: await loadPlugin(providers, labelOf(provider), by), prepareIdentifier: async () => undefined };
  }
  return (await import("./third-party/load.ts")).loadThirdParty(source, by, env);
}

/** Whether there may be a provider of this name: ours are known; of others the form tells. */
export const mayExist = (providers: CliContext["providers"], provider: ProviderEntry): boolean =>
  thirdPartyOf(provider) !== undefined || Object.hasOwn(providers, labelOf(provider));
