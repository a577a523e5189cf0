import { isSecretError } from "../errors/secret-error.ts";
import type { Link } from "../links.ts";
import { withinDeadline } from "../async/deadline.ts";
import { worstOf } from "../connection/end-session.ts";
import type { NamedConnection, ConnectionHandle } from "../resolver/named-connection.ts";
import type { Disconnected } from "../types.ts";
import type { VaultInternals } from "./internals.ts";
import { locateLink } from "./locate.ts";

/** Ms: how long plugins may take to load before the names they would recognise are left out. */
const LOAD_MS = 2000;

/** Ends every session of a connection's name at once, then tells what became of its credentials at the vault. */
export async function disconnect(internals: VaultInternals, name: string): Promise<Disconnected> {
  const named = internals.registry.expect(name, "caller");
  named.disconnected = true;
  named.disconnects++;
  return end(internals, named, named.own);
}

/** The same, but what comes next may open it again. */
export async function logout(internals: VaultInternals, name: string): Promise<Disconnected> {
  const named = internals.registry.expect(name, "caller");
  const ended = named.own;
  // A connection that was ended stays so: the next read gets one that is new.
  for (const { connection } of ended) named.handles.delete(connection.fingerprint);
  named.current = undefined;
  const told = await end(internals, named, ended);
  for (const { connection } of ended) internals.forget(connection.fingerprint);
  return told;
}

async function end(
  internals: VaultInternals,
  named: NamedConnection,
  connections: readonly ConnectionHandle[],
): Promise<Disconnected> {
  const { links } = internals;
  const ended = connections.map(({ connection }) => connection.disconnect());
  const dropped = ended.reduce((sum, one) => sum + one.dropped, 0);
  const past = named.remoteEnd;
  // What was revoked is said once.
  named.remoteEnd = past.then((said) => (said.remote === "revoked" ? { remote: "nothing-to-revoke" } : said));
  const [remoteEnds] = await Promise.all([
    Promise.all([past, ...ended.map(({ remoteEnd }) => remoteEnd)]),
    Promise.all([...links.all()].map((link) => locateIfPossible(link, internals))),
  ]);
  const names = [...links.all()].filter(({ target }) => target?.connection === named.name).map((link) => link.name);
  // What has lapsed by itself meanwhile works no more.
  const left = remoteEnds.filter(({ expiresAt = Infinity }) => expiresAt > internals.clock.epochMs());
  return { names, dropped, ...worstOf(left) };
}

/** Only a plugin can read a native identifier, and none may have been loaded yet. */
async function locateIfPossible(link: Link, { clock, registry }: VaultInternals): Promise<void> {
  if (link.reference === null || link.error !== undefined) return;
  try {
    await locateLink(link, registry, withinDeadline(clock, LOAD_MS, undefined));
  } catch (error) {
    // Whose it is then, nobody knows; the connection is disconnected in any case.
    if (!isSecretError(error)) throw error;
  }
}
