import { worstOf } from "../lifecycle/farewell.ts";
import type { Disconnected } from "../vault-api.ts";
import type { Engine } from "./engine.ts";

/** Ends every session of a connection's name at once, then tells what became of its credentials at the vault. */
export async function disconnect({ clock, links, registry }: Engine, name: string): Promise<Disconnected> {
  const named = registry.expect(name);
  named.disconnected = true;
  named.disconnects++;
  const ended = [...named.wired.values()].map(({ connection }) => connection.disconnect());
  const names = [...links.all()].filter(({ target }) => target?.connection === name).map((link) => link.name);
  const dropped = ended.reduce((sum, one) => sum + one.dropped, 0);
  const past = named.farewell;
  // What was revoked is said once.
  named.farewell = past.then((said) => (said.remote === "revoked" ? { remote: "nothing-to-revoke" } : said));
  const farewells = await Promise.all([past, ...ended.map(({ farewell }) => farewell)]);
  // What has lapsed by itself meanwhile works no more.
  const left = farewells.filter(({ expiresAt = Infinity }) => expiresAt > clock.wall());
  return { names, dropped, ...worstOf(left) };
}
