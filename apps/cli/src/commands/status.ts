import { type ConnectionStatus, isSecretError, type Vault } from "@vaultlink/core";
import type { Configuration } from "../config/load.ts";
import { type Cell, said, type Said } from "../output/outcome.ts";
import { withTrust } from "../vault/trust.ts";
import { configure, withVault } from "../vault/with-vault.ts";
import type { World } from "../world.ts";
import { mends } from "./list.ts";

export interface StatusOptions {
  /** Opens each connection, without asking anybody. */
  readonly check?: boolean;
}

/** Connections, what they are, and how many links stand. Without `--check` no vault is asked. No values. */
export async function status(world: World, { check = false }: StatusOptions = {}): Promise<Said> {
  const configuration = await configure(world);
  return withVault(world, configuration, async (vault) => {
    if (check) await open(world, vault, configuration);
    const now = vault.status();
    const links = now.links.map((link) => withTrust(link, configuration));
    const unresolved = links.filter(({ state }) => state === "unresolved");
    const connections = now.connections.map((connection) => ({
      ...describe(connection, configuration),
      origin: configuration.connections.get(connection.name)?.origin,
    }));
    const untrusted = [...configuration.untrusted].map(([name, { provider }]) => ({
      name,
      provider,
      origin: "project",
    }));
    const body = [
      table(connections, untrusted),
      `Links: ${links.length}${unresolved.length === 0 ? "" : `, ${unresolved.length} of them unresolved`}.`,
      ...configuration.ignored.map(
        (name) => `The project's connection ${name} is ignored: you have your own of that name.`,
      ),
      ...files(configuration),
      ...mends([...unresolved, ...connections, ...(untrusted.length > 0 ? [{ mend: "vaultlink trust" }] : [])]),
    ];
    const { ttl } = now.cache;
    const paths = { user: configuration.user.file, project: configuration.project?.file ?? null };
    return said(body, { connections, untrusted, ignored: configuration.ignored, links, cache: { ttl }, files: paths });
  });
}

/** Opens what is neither open nor disconnected by its user; what fails is in the status afterwards. */
async function open(world: World, vault: Vault, { connections, user }: Configuration): Promise<void> {
  const disconnected = new Set(user.content.disconnected);
  const names = [...connections.keys()].filter((name) => !disconnected.has(name));
  const outcomes = await Promise.allSettled(names.map((name) => vault.reauthenticate(name, { signal: world.signal })));
  for (const outcome of outcomes) {
    if (outcome.status === "fulfilled" || isSecretError(outcome.reason)) continue;
    throw outcome.reason;
  }
}

interface Shown {
  readonly name: string;
  readonly provider: string;
  readonly state: string;
  readonly identity?: string;
  readonly expiresAt?: string;
  readonly requests?: ConnectionStatus["requests"];
  readonly mend?: string;
  readonly error?: ConnectionStatus["error"];
}

/** In words of this command: what was never opened here is not what its user disconnected. */
function describe(
  { name, provider, state, identity, expiresAt, requests, error }: ConnectionStatus,
  { user }: Configuration,
): Shown {
  const isDisconnected = user.content.disconnected?.includes(name) === true;
  const mend = error?.mend ?? (isDisconnected ? `vaultlink reauth ${name}` : undefined);
  return {
    ...{ name, provider },
    state: state === "disconnected" && !isDisconnected ? "not opened" : state,
    ...(identity !== undefined && { identity }),
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
    ...(requests !== undefined && { requests }),
    ...(mend !== undefined && { mend }),
    ...(error !== undefined && { error }),
  };
}

function table(
  connections: readonly Shown[],
  untrusted: readonly { name: string; provider: string }[],
): Said["body"][number] {
  if (connections.length + untrusted.length === 0) return "No connections yet. Try: vaultlink connect --help";
  // A column only where a vault counts: most have no quota.
  const counted = connections.some(({ requests }) => requests !== undefined);
  const rows = connections.map(({ name, provider, state, identity, requests, error }): readonly Cell[] => [
    ...[name, provider],
    { text: state, style: state === "ready" ? "good" : state === "not opened" ? "dim" : "bad" },
    ...(counted ? [requests === undefined ? "" : `${requests.lastHour} / ${requests.lastDay}`] : []),
    identity ?? error?.message ?? "",
  ]);
  const ignored = untrusted.map(({ name, provider }): readonly Cell[] => [
    name,
    provider,
    { text: "untrusted", style: "bad" },
    ...(counted ? [""] : []),
    "",
  ]);
  const heads = ["CONNECTION", "PROVIDER", "STATE", ...(counted ? ["REQUESTS HOUR / DAY"] : []), "IDENTITY"];
  return { heads, rows: [...rows, ...ignored] };
}

const files = ({ user, project }: Configuration): readonly string[] => [
  `Yours: ${user.file}${user.text === undefined ? " (not there yet)" : ""}`,
  ...(project === undefined ? [] : [`Project: ${project.file}`]),
];
