import type { Disconnected } from "../vault-api.ts";
import type { Engine } from "./engine.ts";

/** Ends every session of a connection's name at once, then tells what became of its credentials at the vault. */
export async function disconnect({ links, registry }: Engine, name: string): Promise<Disconnected> {
  const named = registry.expect(name);
  named.disconnected = true;
  const ended = [...named.wired.values()].map(({ connection }) => connection.disconnect());
  const names = [...links.all()].filter(({ target }) => target?.connection === name).map((link) => link.name);
  const dropped = ended.reduce((sum, one) => sum + one.dropped, 0);
  const farewells = await Promise.all(ended.map(({ farewell }) => farewell));
  // The one worth telling first: a credential that may still work.
  const said =
    farewells.find(({ remote }) => remote === "not-revoked") ?? farewells.find(({ remote }) => remote === "revoked");
  return { names, dropped, ...(said ?? { remote: "nothing-to-revoke" }) };
}
