import { isSecretError } from "../errors/secret-error.ts";
import type { Link } from "../links.ts";
import { patience } from "../race.ts";
import { worstOf } from "../lifecycle/farewell.ts";
import type { Disconnected } from "../vault-api.ts";
import type { Engine } from "./engine.ts";
import { locateLink } from "./locate.ts";

/** Ms: how long plugins may take to load before the names they would recognise are left out. */
const LOAD_MS = 2000;

/** Ends every session of a connection's name at once, then tells what became of its credentials at the vault. */
export async function disconnect(engine: Engine, name: string): Promise<Disconnected> {
  const { links, registry } = engine;
  const named = registry.expect(name, "caller");
  named.disconnected = true;
  named.disconnects++;
  const ended = [...named.wired.values()].map(({ connection }) => connection.disconnect());
  const dropped = ended.reduce((sum, one) => sum + one.dropped, 0);
  const past = named.farewell;
  // What was revoked is said once.
  named.farewell = past.then((said) => (said.remote === "revoked" ? { remote: "nothing-to-revoke" } : said));
  const [farewells] = await Promise.all([
    Promise.all([past, ...ended.map(({ farewell }) => farewell)]),
    Promise.all([...links.all()].map((link) => locateIfPossible(link, engine))),
  ]);
  const names = [...links.all()].filter(({ target }) => target?.connection === name).map((link) => link.name);
  // What has lapsed by itself meanwhile works no more.
  const left = farewells.filter(({ expiresAt = Infinity }) => expiresAt > engine.clock.wall());
  return { names, dropped, ...worstOf(left) };
}

/** Only a plugin can read a native identifier, and none may have been loaded yet. */
async function locateIfPossible(link: Link, { clock, registry }: Engine): Promise<void> {
  if (link.reference === null || link.error !== undefined) return;
  try {
    await locateLink(link, registry, patience(clock, LOAD_MS, undefined));
  } catch (error) {
    // Whose it is then, nobody knows; the connection is disconnected in any case.
    if (!isSecretError(error)) throw error;
  }
}
