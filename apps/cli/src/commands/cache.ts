import { parseMinutes } from "@vaultlink/core/internal";
import type { AgentAccess } from "@vaultlink/agent";
import { change } from "../config/change.ts";
import type { Configuration } from "../config/load.ts";
import { USER } from "../config/file-kinds.ts";
import { usage } from "../failure.ts";
import { expectTtl, ttlOf } from "../policy/limits.ts";
import { message, type Message } from "../output/result.ts";
import { expectKnown } from "../vault/resolve.ts";
import { configure } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";
import { expectConnection } from "../vault/expect-connection.ts";

const NO_AGENT = "No agent runs: values live in memory, no longer than one command.";

/** How long values are kept, and what is kept now. Opens nothing. */
export async function cacheStatus(context: CliContext): Promise<Message> {
  const configuration = await configure(context);
  const ttl = ttlOf(configuration.user.content, configuration.policy?.content);
  const kept = ttl === 0 ? "Values are not kept." : `Values are kept for ${ttl} minutes.`;
  const now = await withAgent(context, configuration, (agent) => agent.status());
  if (now === undefined) return message([kept, NO_AGENT], { ttl, entries: 0, bytes: 0, agent: null });
  const { entries, bytes, evicted, hits, misses } = now.cache;
  const counts = `Kept now: ${entries} (${bytes} bytes). Answered from the cache: ${hits}, from a vault: ${misses}.`;
  const pushedOut = evicted === undefined ? [] : [`Pushed out for lack of room: ${evicted}.`];
  const rows = now.connections.map(({ name, cached, calls, requests }) => [
    ...[name, String(cached), String(calls)],
    requests === undefined ? "" : `${requests.lastHour} / ${requests.lastDay}`,
  ]);
  const table = { heads: ["CONNECTION", "KEPT", "CALLS", "REQUESTS HOUR / DAY"], rows };
  const json = {
    ...{ ttl, entries, bytes, evicted, hits, misses },
    connections: now.connections.map(({ name, cached, calls, requests }) => ({ name, cached, calls, requests })),
    links: now.links.flatMap(({ name, ageMs, expiresInMs }) =>
      ageMs === undefined ? [] : { name, ageMs, expiresInMs },
    ),
  };
  return message([kept, counts, ...pushedOut, ...(rows.length > 0 ? [table] : [])], json);
}

/** Shows the TTL, or sets it for every command from now on. */
export async function cacheTtl(context: CliContext, given: string | undefined): Promise<Message> {
  const configuration = await configure(context);
  if (given === undefined) {
    const ttl = ttlOf(configuration.user.content, configuration.policy?.content);
    return message([String(ttl)], { ttl });
  }
  const ttl = parseMinutes(given);
  if (ttl === undefined) {
    throw usage(
      'A TTL is a number of whole minutes up to a year, or such as "90m" or "2h"; 0 keeps nothing.',
      "vaultlink cache ttl 60",
    );
  }
  expectTtl(ttl, configuration.policy?.content);
  await change(configuration.user, USER, [{ keys: ["cache", "ttl"], value: ttl }]);
  await withAgent(context, configuration, (agent) => agent.reload());
  return message([ttl === 0 ? "Values are not kept from now on." : `Values are kept for ${ttl} minutes from now on.`], {
    ttl,
  });
}

export interface ResetOptions {
  readonly connection?: string;
}

/** Drops cached values. Without an agent none outlive a command, so there is nothing to drop, and that is said. */
export async function cacheReset(
  context: CliContext,
  name: string | undefined,
  { connection }: ResetOptions = {},
): Promise<Message> {
  const configuration = await configure(context);
  if (name !== undefined && connection !== undefined) throw usage("Give a name or --connection, not both.");
  if (name !== undefined) expectKnown(name, configuration, "cache reset");
  if (connection !== undefined) expectConnection(connection, configuration, "cache reset --connection");
  const scope = name === undefined ? connection && { connection } : { name };
  const dropped = await withAgent(context, configuration, (agent) => agent.reset(scope || undefined));
  if (dropped === undefined) {
    return message(["Nothing was kept, so the next read asks the vault.", NO_AGENT], { dropped: 0, agent: null });
  }
  return message([`Values dropped: ${dropped}. The next read asks the vault.`], { dropped });
}

/** Asks the agent, if one runs. */
async function withAgent<Result>(
  context: CliContext,
  configuration: Configuration,
  work: (agent: AgentAccess) => Promise<Result>,
): Promise<Result | undefined> {
  const agent = await context.openAgent?.(configuration, { start: false });
  try {
    return agent && (await work(agent));
  } finally {
    await agent?.close();
  }
}
