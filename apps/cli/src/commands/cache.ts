import { SecretError } from "@vaultlink/core";
import { parseMinutes } from "@vaultlink/core/internal";
import { change } from "../config/change.ts";
import type { Configuration } from "../config/load.ts";
import { USER } from "../config/file-kinds.ts";
import { usage } from "../failure.ts";
import { message, type Message } from "../output/result.ts";
import { expectKnown } from "../vault/resolve.ts";
import { configure } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";

const ONE_COMMAND = "There is no agent yet: values live in memory, no longer than one command.";

/** How long values are kept, and what is kept now. Opens nothing. */
export async function cacheStatus(context: CliContext): Promise<Message> {
  const ttl = ttlOf(await configure(context));
  const kept = ttl === 0 ? "Values are not kept." : `Values are kept for ${ttl} minutes.`;
  return message([kept, ONE_COMMAND], { ttl, entries: 0, bytes: 0, agent: null });
}

/** Shows the TTL, or sets it for every command from now on. */
export async function cacheTtl(context: CliContext, given: string | undefined): Promise<Message> {
  const configuration = await configure(context);
  if (given === undefined) {
    const ttl = ttlOf(configuration);
    return message([String(ttl)], { ttl });
  }
  const ttl = parseMinutes(given);
  if (ttl === undefined) {
    throw usage(
      'A TTL is a number of whole minutes up to a year, or such as "90m" or "2h"; 0 keeps nothing.',
      "vaultlink cache ttl 60",
    );
  }
  await change(configuration.user, USER, [{ keys: ["cache", "ttl"], value: ttl }]);
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
  if (name !== undefined) expectKnown(name, configuration);
  if (connection !== undefined) expectConnection(connection, configuration);
  return message(["Nothing was kept, so the next read asks the vault.", ONE_COMMAND], { dropped: 0, agent: null });
}

/** Throws `unresolved` for a connection that no file defines. */
export function expectConnection(name: string, { connections, untrusted }: Configuration): void {
  if (connections.has(name) || untrusted.has(name)) return;
  throw new SecretError("unresolved", "There is no connection of this name.", {
    reason: "unknown-connection",
    hint: connections.size > 0 ? "vaultlink status" : "vaultlink connect --help",
  });
}

const ttlOf = ({ user }: Configuration): number => parseMinutes(String(user.content.cache?.ttl ?? 60)) ?? 60;
