import type { LinkStatus } from "@vaultlink/core";
import type { Configuration } from "../config/load.ts";
import { type Cell, said, type Said, type Style } from "../output/outcome.ts";
import { withTrust } from "../vault/trust.ts";
import { configure, withVault } from "../vault/with-vault.ts";
import type { World } from "../world.ts";

/** Names, what they stand for, and what stands in their way. Asks no vault, prints no value. */
export async function list(world: World): Promise<Said> {
  const configuration = await configure(world);
  const statuses = await withVault(world, configuration, async (vault) => vault.status().links);
  const links = statuses.map((link) => withTrust(link, configuration, world.providers));
  if (links.length === 0) return said(["No links yet. Try: vaultlink link NAME <reference>"], { links: [] });
  const rows = links.map((link) => row(link, configuration));
  const body = [{ heads: ["NAME", "REFERENCE", "FROM", "STATE"], rows }, ...mends(links)];
  return said(body, { links: links.map((link) => ({ ...link, origin: configuration.links.get(link.name)?.origin })) });
}

/** The names alone, one a line, for completion. */
export async function listNames(world: World): Promise<Said> {
  const { links } = await configure(world);
  const names = [...links.keys()];
  return said(names, { names });
}

function row({ name, reference, state, reason }: LinkStatus, { links }: Configuration): readonly Cell[] {
  const link = links.get(name);
  const from = `${link?.origin ?? ""}${link?.hidesProject ? " (hides the project's)" : ""}`;
  return [name, reference ?? "-", from, { text: reason ?? state, style: styleOf(state) }];
}

const STYLES: Readonly<Record<LinkStatus["state"], Style>> = { resolved: "good", unknown: "dim", unresolved: "bad" };
const styleOf = (state: LinkStatus["state"]): Style => STYLES[state];

/** Each command that mends something, once. */
export function mends(links: readonly Pick<LinkStatus, "mend">[]): readonly string[] {
  const commands = new Set(links.flatMap(({ mend }) => mend ?? []));
  return [...commands].map((command) => `try: ${command}`);
}
