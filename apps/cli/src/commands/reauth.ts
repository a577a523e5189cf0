import { isSecretError, type Plugin } from "@vaultlink/core";
import { change } from "../config/change.ts";
import type { Configuration } from "../config/load.ts";
import { USER } from "../config/kinds.ts";
import { usage } from "../failure.ts";
import { collect } from "../options/collect.ts";
import { merge } from "../options/combine.ts";
import { fieldsOf } from "../options/fields.ts";
import { flagsOf } from "../options/flags.ts";
import { type Options, refuseSecrets } from "../options/secrets.ts";
import { clean } from "../output/clean.ts";
import { type Failure, NamesFailed } from "../output/failures.ts";
import { said, type Said } from "../output/outcome.ts";
import { loadPlugin } from "../providers.ts";
import { connectionDefinition, vaultOptions } from "../vault/options.ts";
import { type SignedIn, signIn } from "../vault/sign-in.ts";
import { configure } from "../vault/with-vault.ts";
import type { World } from "../world.ts";
import { expectConnection } from "./cache.ts";
import { reconnected, tellLifetime } from "./connect.ts";
import { refuseUntrusted } from "./disconnect.ts";

/** What commander read of the flags of a connection's provider. */
export type ReauthFlags = (plugin: Plugin) => Options;

/** Signs in again: to one connection, or to all that are not disconnected, one by one. */
export async function reauth(world: World, name: string | undefined, given: ReauthFlags): Promise<Said> {
  const configuration = await configure(world);
  const { connections, user } = configuration;
  if (name !== undefined) {
    expectConnection(name, configuration);
    refuseUntrusted(name, configuration);
  }
  const disconnected = new Set(user.content.disconnected);
  const names = name === undefined ? [...connections.keys()].filter((one) => !disconnected.has(one)) : [name];
  if (names.length === 0) throw usage("There is no connection to sign in to.", "vaultlink connect --help");
  const done: (SignedIn & { readonly connection: string })[] = [];
  const failures: Failure[] = [];
  for (const connection of names) {
    try {
      done.push({ connection, ...(await signInTo(world, configuration, connection, given)) });
    } catch (error) {
      if (!isSecretError(error) || error.code === "aborted" || name !== undefined) throw error;
      failures.push({ name: connection, error });
    }
  }
  if (name !== undefined) await change(user, USER, reconnected(name, configuration));
  if (failures.length > 0) throw new NamesFailed(failures);
  const body = done.map(
    ({ connection, identity }) => `${connection}: signed in${identity === undefined ? "" : ` as ${identity}`}.`,
  );
  return said(body, {
    connections: done.map(({ connection, identity }) => ({ connection, identity: identity ?? null })),
  });
}

/** The links' names go along, so that nothing of the configuration is lost; only this connection is opened. */
async function signInTo(
  world: World,
  configuration: Configuration,
  connection: string,
  given: ReauthFlags,
): Promise<SignedIn> {
  const found = configuration.connections.get(connection);
  if (found === undefined) throw usage("There is no connection of this name.");
  const { entry, origin } = found;
  const file = clean(origin === "user" ? configuration.user.file : (configuration.project?.file ?? ""));
  const by = { what: `Connection ${connection}`, file };
  const plugin = await loadPlugin(world.providers, entry.provider, by);
  refuseSecrets(plugin, entry, by.what);
  const { secrets } = await collect(world, flagsOf(fieldsOf(plugin)), given(plugin));
  const options = vaultOptions(world, configuration);
  const proved = connectionDefinition(world, { ...merge(entry, secrets), provider: entry.provider }, by, "given");
  const vault = world.createVault({ ...options, connections: { ...options.connections, [connection]: proved } });
  try {
    const signedIn = await signIn(world, vault, connection);
    tellLifetime(world, signedIn, Object.keys(secrets).length > 0);
    return signedIn;
  } finally {
    await vault.close();
  }
}
