import { type ConnectionProblem, type ConnectionStatus, isSecretError, type SecretError } from "@vaultlink/core";
import type { WhereFact } from "@vaultlink/core/provider";
import type { Configuration } from "../config/load.ts";
import { clean } from "../output/clean.ts";
import { exitOf, NamesFailed } from "../output/failures.ts";
import { type Cell, message, type Message } from "../output/result.ts";
import { withWait } from "../output/wait.ts";
import { describeConnection, type ShownConnection } from "../vault/describe-connection.ts";
import { displayNameOf } from "../vault/display-name.ts";
import { fileOfUnknownProvider, withTrust } from "../vault/trust.ts";
import { shortly, whereIs } from "../vault/where.ts";
import { policyLines } from "../policy/lines.ts";
import type { VaultAccess } from "../vault/access.ts";
import { configure, withVault } from "../vault/with-vault.ts";
import { mayExist } from "../plugins.ts";
import { labelOf } from "../third-party/source.ts";
import type { CliContext } from "../context.ts";
import { hints } from "../output/hints.ts";

export interface StatusOptions {
  /** Opens each connection, without asking anybody. */
  readonly check?: boolean;
}

/** Connections, what they are, and how many links stand. Without `--check` no vault is asked. No values. */
export async function status(context: CliContext, { check = false }: StatusOptions = {}): Promise<Message> {
  const configuration = await configure(context);
  return withVault(
    context,
    configuration,
    async (vault) => {
      // Before sessions are opened: what describes a provider then becomes the first session's.
      const where = await locations(context, configuration);
      const failed = check ? await open(context, vault, configuration) : new Map<string, SecretError>();
      const now = await vault.status();
      const links = now.links.map((link) => withTrust(link, configuration, context.providers));
      const unresolved = links.filter(({ state }) => state === "unresolved");
      const describing = now.connections.map(async (connection) => ({
        ...describeConnection(connection, configuration, {
          displayName: await displayNameOf(context, configuration, connection),
          failed: failed.get(connection.name) ?? unknownProvider(context, connection, configuration),
          where: where.get(connection.name) ?? [],
        }),
        origin: configuration.connections.get(connection.name)?.origin,
      }));
      const connections = await Promise.all(describing);
      const untrusted = [...configuration.untrusted].map(([name, entry]) => ({
        name,
        provider: labelOf(entry.provider),
        where: where.get(name) ?? [],
        origin: "project",
        hint: trustOrEdit(context, name, configuration),
      }));
      const body = [
        table(connections, untrusted),
        `Links: ${links.length}${unresolved.length === 0 ? "" : `, ${unresolved.length} of them unresolved`}.`,
        ...configuration.ignored.map(
          (name) => `The project's connection ${name} is ignored: you have your own of that name.`,
        ),
        ...policyLines(configuration),
        ...files(configuration),
        ...hints([...unresolved, ...connections, ...untrusted]),
      ];
      const { ttl } = now.cache;
      const paths = {
        user: configuration.user.file,
        project: configuration.project?.file ?? null,
        policy: configuration.policy?.file ?? null,
      };
      const json = { connections, untrusted, ignored: configuration.ignored, links, cache: { ttl }, files: paths };
      return message(body, json, exitOfAll(failed));
    },
    { start: check },
  );
}

/** Which vault each connection reaches, trusted or not. */
async function locations(
  context: CliContext,
  configuration: Configuration,
): Promise<ReadonlyMap<string, readonly WhereFact[]>> {
  const names = [...configuration.connections.keys(), ...configuration.untrusted.keys()];
  const told = names.map(async (name) => [name, (await whereIs(context, configuration, name)).facts] as const);
  return new Map(await Promise.all(told));
}

/** Opens what is neither open nor disconnected by its user. Returns what failed, by connection. */
async function open(
  context: CliContext,
  vault: VaultAccess,
  { connections, user }: Configuration,
): Promise<ReadonlyMap<string, SecretError>> {
  const disconnected = new Set(user.content.disconnected);
  const names = [...connections.keys()].filter((name) => !disconnected.has(name));
  const outcomes = await Promise.allSettled(
    names.map((name) => vault.reauthenticate(name, { signal: context.signal, ifNeeded: true })),
  );
  const failed = new Map<string, SecretError>();
  for (const [at, outcome] of outcomes.entries()) {
    if (outcome.status === "fulfilled") continue;
    if (!isSecretError(outcome.reason)) throw outcome.reason;
    failed.set(names[at] ?? "", outcome.reason);
  }
  return failed;
}

/** A check that found something wrong ends as the command would that needs it. */
function exitOfAll(failed: ReadonlyMap<string, SecretError>): number {
  if (failed.size === 0) return 0;
  return exitOf(new NamesFailed([...failed].map(([name, error]) => ({ name, error }))));
}

/** What shows without opening anything. */
function unknownProvider(
  { providers }: CliContext,
  { name, provider }: ConnectionStatus,
  { connections }: Configuration,
): ConnectionProblem | undefined {
  if (mayExist(providers, connections.get(name)?.entry.provider ?? provider)) return undefined;
  return { code: "invalid_config", message: "There is no such provider." };
}

/** Trust does not help where the provider is unknown. */
function trustOrEdit({ providers }: CliContext, name: string, configuration: Configuration): string {
  const file = fileOfUnknownProvider(name, configuration, providers);
  return file === undefined ? "vaultlink trust" : `Edit ${clean(file)}`;
}

function table(
  connections: readonly ShownConnection[],
  untrusted: readonly Pick<ShownConnection, "name" | "provider" | "where">[],
): Message["body"][number] {
  if (connections.length + untrusted.length === 0) return "No connections yet. Try: vaultlink connect";
  // A column only where a vault counts: most have no quota.
  const counted = connections.some(({ requests }) => requests !== undefined);
  const failing = connections.some(({ error }) => error !== undefined);
  const columns = (counts: string, identity: string, problem: string): readonly string[] => [
    ...(counted ? [counts] : []),
    identity,
    ...(failing ? [problem] : []),
  ];
  const rows = connections.map(({ name, provider, state, displayName, requests, error, where }): readonly Cell[] => [
    ...[name, provider, shortly(where)],
    { text: state, style: state === "ready" ? "good" : state === "not opened" ? "dim" : "bad" },
    ...columns(
      requests === undefined ? "" : `${requests.lastHour} / ${requests.lastDay}`,
      displayName ?? "",
      error === undefined ? "" : withWait(error.message, error.retryAfterMs),
    ),
  ]);
  const ignored = untrusted.map(({ name, provider, where }): readonly Cell[] => [
    ...[name, provider, shortly(where)],
    { text: "untrusted", style: "bad" },
    ...columns("", "", ""),
  ]);
  const heads = ["CONNECTION", "PROVIDER", "WHERE", "STATE", ...columns("REQUESTS HOUR / DAY", "IDENTITY", "PROBLEM")];
  return { heads, rows: [...rows, ...ignored] };
}

const files = ({ policy, user, project }: Configuration): readonly string[] => [
  `Yours: ${user.file}${user.text === undefined ? " (not there yet)" : ""}`,
  ...(project === undefined ? [] : [`Project: ${project.file}`]),
  ...(policy === undefined ? [] : [`Policy of this machine: ${policy.file}`]),
];
