import { type ConnectionStatus, isSecretError, type SecretError } from "@vaultlink/core";
import type { Configuration } from "../config/load.ts";
import { clean } from "../output/clean.ts";
import { exitOf, NamesFailed } from "../output/failures.ts";
import { type Cell, message, type Message } from "../output/result.ts";
import { fileOfUnknownProvider, withTrust } from "../vault/trust.ts";
import type { VaultAccess } from "../vault/access.ts";
import { configure, withVault } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";
import { hints } from "./list.ts";

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
      const failed = check ? await open(context, vault, configuration) : new Map<string, SecretError>();
      const now = await vault.status();
      const links = now.links.map((link) => withTrust(link, configuration, context.providers));
      const unresolved = links.filter(({ state }) => state === "unresolved");
      const connections = now.connections.map((connection) => ({
        ...describe(connection, configuration, failed.get(connection.name) ?? unknownProvider(context, connection)),
        origin: configuration.connections.get(connection.name)?.origin,
      }));
      const untrusted = [...configuration.untrusted].map(([name, { provider }]) => ({
        name,
        provider,
        origin: "project",
        hint: trustOrEdit(context, name, configuration),
      }));
      const body = [
        table(connections, untrusted),
        `Links: ${links.length}${unresolved.length === 0 ? "" : `, ${unresolved.length} of them unresolved`}.`,
        ...configuration.ignored.map(
          (name) => `The project's connection ${name} is ignored: you have your own of that name.`,
        ),
        ...files(configuration),
        ...hints([...unresolved, ...connections, ...untrusted]),
      ];
      const { ttl } = now.cache;
      const paths = { user: configuration.user.file, project: configuration.project?.file ?? null };
      const json = { connections, untrusted, ignored: configuration.ignored, links, cache: { ttl }, files: paths };
      return message(body, json, exitOfAll(failed));
    },
    { start: check },
  );
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
function unknownProvider({ providers }: CliContext, { provider }: ConnectionStatus): Shown["error"] {
  if (Object.hasOwn(providers, provider)) return undefined;
  return { code: "invalid_config", message: "There is no such provider." };
}

/** Trust does not help where the provider is unknown. */
function trustOrEdit({ providers }: CliContext, name: string, configuration: Configuration): string {
  const file = fileOfUnknownProvider(name, configuration, providers);
  return file === undefined ? "vaultlink trust" : `Edit ${clean(file)}`;
}

interface Shown {
  readonly name: string;
  readonly provider: string;
  readonly state: string;
  readonly identity?: string;
  readonly expiresAt?: string;
  readonly requests?: ConnectionStatus["requests"];
  readonly hint?: string;
  readonly error?: ConnectionStatus["error"];
}

/** In words of this command: what was never opened here is not what its user disconnected. */
function describe(
  { name, provider, state, identity, expiresAt, requests, ...known }: ConnectionStatus,
  { user, project, connections }: Configuration,
  failed: SecretError | Shown["error"],
): Shown {
  const isDisconnected = user.content.disconnected?.includes(name) === true;
  const error = known.error ?? (isSecretError(failed) ? plain(failed) : failed);
  const file = connections.get(name)?.origin === "project" ? project?.file : user.file;
  const edit = error?.code === "invalid_config" ? `Edit ${clean(file ?? "")}` : undefined;
  const hint = error?.hint ?? edit ?? (isDisconnected ? `vaultlink reauth ${name}` : undefined);
  return {
    ...{ name, provider },
    state: stateOf(state, isDisconnected, error),
    ...(identity !== undefined && { identity }),
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
    ...(requests !== undefined && { requests }),
    ...(hint !== undefined && { hint }),
    ...(error !== undefined && { error }),
  };
}

function stateOf(state: ConnectionStatus["state"], isDisconnected: boolean, error: Shown["error"]): string {
  // One command opens a connection once: what it could not sign in to was never signed in to here.
  if (error?.code === "unauthenticated") return "not signed in";
  if (error !== undefined) return "failed";
  return state === "disconnected" && !isDisconnected ? "not opened" : state;
}

const plain = (error: SecretError): NonNullable<Shown["error"]> => ({
  code: error.code,
  message: error.message,
  ...(error.details.hint !== undefined && { hint: error.details.hint }),
});

function table(
  connections: readonly Shown[],
  untrusted: readonly { name: string; provider: string }[],
): Message["body"][number] {
  if (connections.length + untrusted.length === 0) return "No connections yet. Try: vaultlink connect --help";
  // A column only where a vault counts: most have no quota.
  const counted = connections.some(({ requests }) => requests !== undefined);
  const failing = connections.some(({ error }) => error !== undefined);
  const rows = connections.map(({ name, provider, state, identity, requests, error }): readonly Cell[] => [
    ...[name, provider],
    { text: state, style: state === "ready" ? "good" : state === "not opened" ? "dim" : "bad" },
    ...(counted ? [requests === undefined ? "" : `${requests.lastHour} / ${requests.lastDay}`] : []),
    identity ?? "",
    ...(failing ? [error?.message ?? ""] : []),
  ]);
  const ignored = untrusted.map(({ name, provider }): readonly Cell[] => [
    name,
    provider,
    { text: "untrusted", style: "bad" },
    ...(counted ? [""] : []),
    "",
    ...(failing ? [""] : []),
  ]);
  const optional = [counted ? "REQUESTS HOUR / DAY" : "", "IDENTITY", failing ? "PROBLEM" : ""];
  const heads = ["CONNECTION", "PROVIDER", "STATE", ...optional.filter((head) => head !== "")];
  return { heads, rows: [...rows, ...ignored] };
}

const files = ({ user, project }: Configuration): readonly string[] => [
  `Yours: ${user.file}${user.text === undefined ? " (not there yet)" : ""}`,
  ...(project === undefined ? [] : [`Project: ${project.file}`]),
];
