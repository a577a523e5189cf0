import { type Disconnected } from "@vaultlink/core";
import type { Configuration } from "../../config/load.ts";
import { usage } from "../../failure.ts";
import { clean } from "../../output/clean.ts";
import { endedLines } from "../../output/ended.ts";
import { message, type Message } from "../../output/result.ts";
import { quoteShell } from "../../output/quote-shell.ts";
import { labelOf } from "../../third-party/source.ts";
import { linkConnections, linksOn } from "../../vault/link-connections.ts";
import { expectKnown } from "../../vault/resolve.ts";
import { configure, withVault } from "../../vault/with-vault.ts";
import type { CliContext } from "../../context.ts";
import { disconnectTeam, endHere, expectAdminUser, teamPolicyOf } from "./disconnect-team.ts";
import { expectOwnDefinition, forget } from "./forget.ts";
import { expectConnection } from "../../vault/expect-connection.ts";

export interface DisconnectOptions {
  /** A link's name instead of the connection's. */
  readonly link?: string;
  /** Removes it from the user's own configuration, too. */
  readonly forget?: boolean;
  readonly yes?: boolean;
}

/** Ends a connection here, offline if need be. Its links stay, unresolved; how to reach it is remembered unless told not to. */
export async function disconnect(
  context: CliContext,
  given: string | undefined,
  options: DisconnectOptions = {},
): Promise<Message> {
  const configuration = await configure(context);
  const used = await linkConnections(context, configuration);
  const name = await connectionOf(context, given, { ...options, configuration, used });
  expectConnection(name, configuration, "disconnect");
  const names = linksOn(name, used);
  const policy = teamPolicyOf(name, configuration);
  if (policy !== undefined) expectAdminUser(name, policy, context);
  const forgets = options.forget === true;
  if (forgets) expectOwnDefinition(name, configuration);
  if (options.yes !== true && !(await agrees(context, name, { names, forgets }))) {
    return message(["Nothing was changed."], { connection: name, disconnected: false });
  }
  if (policy !== undefined) return disconnectTeam(context, configuration, { name, names, policy });
  await endHere(name, configuration);
  const result = await withVault(
    context,
    configuration,
    async (vault): Promise<Disconnected> => {
      if (configuration.connections.has(name)) return vault.disconnect(name);
      return { names: [], dropped: 0, remote: "nothing-to-revoke" };
    },
    { start: false },
  );
  if (forgets) await forget(context, name);
  const provider = configuration.connections.get(name)?.entry.provider;
  const kind = provider === undefined ? "" : ` ${quoteShell(clean(labelOf(provider)))}`;
  const hint = forgets ? `vaultlink connect${kind} ${name}` : `vaultlink reauth ${name}`;
  const what = forgets ? "is disconnected and gone from your configuration" : "is disconnected";
  return message([`${name} ${what}.`, ...endedLines(names, result), `To connect again: ${hint}`], {
    connection: name,
    disconnected: true,
    forgotten: forgets,
    names,
    dropped: result.dropped,
    remote: result.remote,
    hint,
  });
}

/** The connection that is meant: both doors lead to the same one. */
async function connectionOf(
  context: CliContext,
  given: string | undefined,
  {
    link,
    configuration,
    used,
  }: DisconnectOptions & { readonly configuration: Configuration; readonly used: ReadonlyMap<string, string> },
): Promise<string> {
  if (given === undefined && link === undefined) return chooseConnection(context, configuration);
  if ((given === undefined) === (link === undefined)) {
    throw usage("Name a connection, or a link of it with --link.", "vaultlink status");
  }
  if (link === undefined) return given ?? "";
  expectKnown(link, configuration, "disconnect --link");
  const connection = used.get(link);
  if (connection !== undefined) return connection;
  throw usage("This link does not say which connection it uses; name the connection.", "vaultlink status");
}

/** The one that a person chooses; even a single one is chosen rather than assumed. */
async function chooseConnection({ prompter }: CliContext, configuration: Configuration): Promise<string> {
  const disconnected = new Set(configuration.user.content.disconnected);
  const names = [...configuration.connections.keys()].filter((name) => !disconnected.has(name));
  if (prompter === undefined || names.length === 0) {
    throw usage("Name a connection, or a link of it with --link.", "vaultlink status");
  }
  return prompter.choose(
    "Disconnect which connection?",
    names.map((name) => ({ label: name, value: name })),
  );
}

async function agrees(
  { prompter }: CliContext,
  name: string,
  { names, forgets }: { readonly names: readonly string[]; readonly forgets: boolean },
): Promise<boolean> {
  const flag = forgets ? " --forget" : "";
  if (prompter === undefined) throw usage("Nobody is here to agree.", `vaultlink disconnect ${name}${flag} --yes`);
  prompter.show(names.length === 0 ? "No link uses it." : `These names will be unresolved: ${names.join(", ")}.`);
  return prompter.confirm(forgets ? `Disconnect ${name}, and forget how to reach it?` : `Disconnect ${name}?`);
}
