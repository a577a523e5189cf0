import { isSecretError, type Plugin } from "@vaultlink/core";
import { signInByAgent } from "../agent/sign-in.ts";
import { change } from "../config/change.ts";
import type { Configuration } from "../config/load.ts";
import { USER } from "../config/file-kinds.ts";
import { usage } from "../failure.ts";
import { collect } from "../options/collect.ts";
import { merge } from "../options/combine.ts";
import { fieldsOf } from "../options/fields.ts";
import { flagsOf } from "../options/flags.ts";
import { type Options, refuseSecrets } from "../options/secrets.ts";
import { type Failure, NamesFailed } from "../output/failures.ts";
import { message, type Message } from "../output/result.ts";
import { loadNamed, namedBy } from "../plugins.ts";
import { shownAs } from "../vault/display-name.ts";
import { tellLifetime } from "../vault/lifetime.ts";
import { connectionDefinition, vaultOptions } from "../vault/options.ts";
import { called } from "../vault/resolve.ts";
import { type SignedIn, signIn } from "../vault/sign-in.ts";
import { configure } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";
import { expectConnection, refuseUntrusted } from "../vault/expect-connection.ts";
import { reconnected } from "../config/reconnected.ts";

/** What commander read of the flags of a connection's provider. */
export type ReauthFlags = (plugin: Plugin) => Options;

/** Signs in again: to one connection, or to all that are not disconnected, one by one. */
export async function reauth(context: CliContext, name: string | undefined, given: ReauthFlags): Promise<Message> {
  const configuration = await configure(context);
  const { connections, user } = configuration;
  if (name !== undefined) {
    expectConnection(name, configuration, "reauth");
    refuseUntrusted(name, configuration);
  }
  const disconnected = new Set(user.content.disconnected);
  const names = name === undefined ? [...connections.keys()].filter((one) => !disconnected.has(one)) : [name];
  if (names.length === 0) throw usage("There is no connection to sign in to.", "vaultlink connect --help");
  const done: (SignedIn & { readonly connection: string; readonly displayName?: string })[] = [];
  const failures: Failure[] = [];
  for (const connection of names) {
    try {
      done.push({ connection, ...(await signInTo(context, configuration, connection, given)) });
    } catch (error) {
      if (!isSecretError(error) || error.code === "aborted" || name !== undefined) throw error;
      failures.push({ name: connection, error });
    }
  }
  if (name !== undefined) await change(user, USER, reconnected(name, configuration));
  if (failures.length > 0) throw new NamesFailed(failures);
  const body = done.map(
    ({ connection, displayName }) =>
      `${connection}: signed in${displayName === undefined ? "" : ` as ${displayName}`}.`,
  );
  return message(body, {
    connections: done.map(({ connection, identity, displayName }) => ({
      ...{ connection, identity: identity ?? null, displayName: displayName ?? null },
    })),
  });
}

/** The links' names go along, so that nothing of the configuration is lost; only this connection is opened. */
async function signInTo(
  context: CliContext,
  configuration: Configuration,
  connection: string,
  given: ReauthFlags,
): Promise<SignedIn & { readonly displayName?: string }> {
  const found = configuration.connections.get(connection);
  if (found === undefined) throw usage(`No connection ${called(connection)}.`, "vaultlink status");
  const { entry, origin } = found;
  const by = namedBy(configuration, origin, `Connection ${connection}`);
  const { plugin } = await loadNamed(context, entry.provider, by);
  refuseSecrets(plugin, entry, by.what);
  const { secrets } = await collect(context, flagsOf(fieldsOf(plugin)), given(plugin));
  const kept = await signInByAgent(context, configuration, connection, { secrets });
  if (kept !== undefined) return named(plugin, kept);
  const options = vaultOptions(context, configuration);
  const proved = connectionDefinition(context, { ...merge(entry, secrets), provider: entry.provider }, by, plugin);
  const vault = context.createVault({ ...options, connections: { ...options.connections, [connection]: proved } });
  try {
    const signedIn = await signIn(context, vault, connection);
    tellLifetime(context, connection, signedIn, Object.keys(secrets).length > 0);
    return named(plugin, signedIn);
  } finally {
    await vault.close();
  }
}

/** With what a person calls whoever signed in. */
function named(plugin: Plugin, signedIn: SignedIn): SignedIn & { readonly displayName?: string } {
  const { identity } = signedIn;
  return identity === undefined ? signedIn : { ...signedIn, displayName: shownAs(plugin, identity) };
}
