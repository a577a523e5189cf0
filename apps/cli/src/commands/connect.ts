import { type Plugin, SecretError } from "@vaultlink/core";
import { isConnectionName } from "@vaultlink/core/internal";
import { reloadAgent, signInByAgent } from "../agent/sign-in.ts";
import { change, type Change } from "../config/change.ts";
import type { ConnectionEntry, UserContent } from "../config/content.ts";
import type { Configuration } from "../config/load.ts";
import { USER } from "../config/file-kinds.ts";
import { usage } from "../failure.ts";
import { collect } from "../options/collect.ts";
import { combine, complete, merge, missing, validate } from "../options/combine.ts";
import { fieldsOf } from "../options/fields.ts";
import { flagsOf } from "../options/flags.ts";
import { type Options, refuseSecrets } from "../options/secrets.ts";
import { message, type Message } from "../output/result.ts";
import { askAgain, isMistyped } from "../terminal/ask-again.ts";
import { namedBy } from "../plugins.ts";
import { expectOwn } from "../policy/expect-own.ts";
import { knownProvider } from "../providers.ts";
import { labelOf } from "../third-party/source.ts";
import { connectionDefinition } from "../vault/options.ts";
import { type SignedIn, signIn } from "../vault/sign-in.ts";
import { configure } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";

export interface ConnectRequest {
  readonly provider: string;
  readonly plugin: Plugin;
  /** What a connection of somebody else's provider is usually called. */
  readonly usualName?: string | undefined;
  /** @default the provider's usual name */
  readonly name?: string | undefined;
  /** What commander read of the provider's flags. */
  readonly given: Options;
}

/** Signs in to a vault, and only then remembers how to reach it. Credentials are never remembered. */
export async function connect(
  context: CliContext,
  { provider, plugin, name: wanted, usualName, given: flags }: ConnectRequest,
): Promise<Message> {
  const name = wanted ?? usualName ?? knownProvider(context.providers, provider).connection;
  if (!isConnectionName(name)) {
    throw usage("A connection's name holds lower-case letters, digits and hyphens, and is not http or https.");
  }
  const configuration = await configure(context);
  expectOwn(name, provider, configuration);
  const fields = fieldsOf(plugin);
  const collected = await collect(context, flagsOf(fields), flags);
  const { maxSession, ...former } = formerOptions(name, provider, configuration);
  refuseSecrets(plugin, former, `Connection ${name} in ${configuration.user.file}`);
  const given = combine(former, collected.options, fields);
  const options = await askAgain(
    context.prompter,
    async () => {
      const all = await complete(context, name, fields, given);
      await validate(plugin, merge(all, collected.secrets), `vaultlink connect ${provider} --help`);
      return all;
    },
    // What nobody was asked for, no answer mends.
    (thrown) => isMistyped(thrown) && missing(fields, given).length > 0,
  );
  const limit = maxSession === undefined ? {} : { maxSession };
  const { secrets } = collected;
  const kept = await signInByAgent(context, configuration, name, {
    secrets,
    proposed: { provider, ...limit, options },
  });
  const identity =
    kept ?? (await prove(context, configuration, name, { provider, ...limit, ...merge(options, secrets) }));
  const { user } = configuration;
  await change(user, USER, [
    ...definitionChanges(name, { provider, ...limit, ...options }, user.content),
    ...reconnected(name, configuration),
  ]);
  if (kept === undefined) tellLifetime(context, identity, Object.keys(secrets).length > 0);
  else await reloadAgent(context, configuration);
  const who = identity.identity === undefined ? "" : ` as ${identity.identity}`;
  const json = { connection: name, provider, identity: identity.identity ?? null, file: user.file };
  return message(
    [`Connected ${name}: ${plugin.title}${who}.`, `Next: vaultlink link NAME ${name}://<path>#<field>`],
    json,
  );
}

/** A definition without its provider's name. */
type Former = Options & { readonly maxSession?: number };

/** What the user's definition of this name was before. Throws for a name that another provider has. */
function formerOptions(name: string, provider: string, { user }: Configuration): Former {
  const connections = user.content.connections ?? {};
  const former = Object.hasOwn(connections, name) ? connections[name] : undefined;
  if (former === undefined) return {};
  const { provider: before, ...options } = former;
  if (before === provider) return structuredClone(options);
  throw new SecretError("invalid_config", `${name} is a connection of the provider ${labelOf(before)}.`, {
    hint: `vaultlink connect ${provider} <another name>`,
  });
}

/** The edits that make a definition read so; what stays the same keeps its place and its comments. */
function definitionChanges(name: string, now: Options, { connections = {} }: UserContent): readonly Change[] {
  const before: Options | undefined = Object.hasOwn(connections, name) ? connections[name] : undefined;
  if (before === undefined) return [{ keys: ["connections", name], value: now }];
  const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...keys]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]))
    .map((key) => ({ keys: ["connections", name, key], value: now[key] }));
}

/** Opens the connection once, with nothing else around it. */
async function prove(
  context: CliContext,
  configuration: Configuration,
  name: string,
  entry: ConnectionEntry,
): Promise<SignedIn> {
  const by = namedBy(configuration, "user", `Connection ${name}`);
  const connections = { [name]: connectionDefinition(context, entry, by, "given") };
  const vault = context.createVault({ connections, env: context.env });
  try {
    return await signIn(context, vault, name);
  } finally {
    await vault.close();
  }
}

/** The edits that make a disconnected connection count again. */
export function reconnected(name: string, { user }: Configuration): readonly Change[] {
  const { disconnected = [] } = user.content;
  if (!disconnected.includes(name)) return [];
  const rest = disconnected.filter((one) => one !== name);
  return [{ keys: ["disconnected"], value: rest.length === 0 ? undefined : rest }];
}

/** Says how long a login by hand lasts, since a person would expect it to last. */
export function tellLifetime(context: CliContext, { byPerson }: SignedIn, fromInput: boolean): void {
  if (!byPerson && !fromInput) return;
  context.notice("Credentials given by hand last for one command: they are kept nowhere, and there is no agent here.");
}
