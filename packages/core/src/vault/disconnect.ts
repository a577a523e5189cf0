import { isSecretError } from "../errors/secret-error.ts";
import type { Link } from "../links.ts";
import { patience } from "../race.ts";
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
  const ended = [...named.wired.values()].map(({ connection }) => connection.disconnect());
  const dropped = ended.reduce((sum, one) => sum + one.dropped, 0);
  const [farewells] = await Promise.all([
    Promise.all(ended.map(({ farewell }) => farewell)),
    Promise.all([...links.all()].map((link) => locateIfPossible(link, engine))),
  ]);
  const names = [...links.all()].filter(({ target }) => target?.connection === name).map((link) => link.name);
  // The one worth telling first: a credential that may still work.
  const said =
    farewells.find(({ remote }) => remote === "not-revoked") ?? farewells.find(({ remote }) => remote === "revoked");
  return { names, dropped, ...(said ?? { remote: "nothing-to-revoke" }) };
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
