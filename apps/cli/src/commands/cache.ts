import { parseMinutes, SecretError } from "@vaultlink/core";
import { change } from "../config/change.ts";
import type { Configuration } from "../config/load.ts";
import { USER } from "../config/kinds.ts";
import { usage } from "../failure.ts";
import { said, type Said } from "../output/outcome.ts";
import { expectKnown } from "../vault/resolve.ts";
import { configure } from "../vault/with-vault.ts";
import type { World } from "../world.ts";

const ONE_COMMAND = "There is no agent yet: values live in memory, no longer than one command.";

/** How long values are kept, and what is kept now. Opens nothing. */
export async function cacheStatus(world: World): Promise<Said> {
  const ttl = ttlOf(await configure(world));
  const kept = ttl === 0 ? "Values are not kept." : `Values are kept for ${ttl} minutes.`;
  return said([kept, ONE_COMMAND], { ttl, entries: 0, bytes: 0, agent: null });
}

/** Shows the TTL, or sets it for every command from now on. */
export async function cacheTtl(world: World, given: string | undefined): Promise<Said> {
  const configuration = await configure(world);
  if (given === undefined) {
    const ttl = ttlOf(configuration);
    return said([String(ttl)], { ttl });
  }
  const ttl = parseMinutes(given);
  if (ttl === undefined) {
    throw usage(
      'A TTL is a number of whole minutes up to a year, or such as "90m" or "2h"; 0 keeps nothing.',
      "vaultlink cache ttl 60",
    );
  }
  await change(configuration.user, USER, [{ keys: ["cache", "ttl"], value: ttl }]);
  return said([ttl === 0 ? "Values are not kept from now on." : `Values are kept for ${ttl} minutes from now on.`], {
    ttl,
  });
}

export interface ResetOptions {
  readonly connection?: string;
}

/** Drops cached values. Without an agent none outlive a command, so there is nothing to drop, and that is said. */
export async function cacheReset(
  world: World,
  name: string | undefined,
  { connection }: ResetOptions = {},
): Promise<Said> {
  const configuration = await configure(world);
  if (name !== undefined && connection !== undefined) throw usage("Give a name or --connection, not both.");
  if (name !== undefined) expectKnown(name, configuration);
  if (connection !== undefined) expectConnection(connection, configuration);
  return said(["Nothing was kept, so the next read asks the vault.", ONE_COMMAND], { dropped: 0, agent: null });
}

/** Throws `unresolved` for a connection that no file defines. */
export function expectConnection(name: string, { connections, untrusted }: Configuration): void {
  if (connections.has(name) || untrusted.has(name)) return;
  throw new SecretError("unresolved", "There is no connection of this name.", {
    reason: "unknown-connection",
    mend: connections.size > 0 ? "vaultlink status" : "vaultlink connect --help",
  });
}

const ttlOf = ({ user }: Configuration): number => parseMinutes(String(user.content.cache?.ttl ?? 60)) ?? 60;
