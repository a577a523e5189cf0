import type { LinkStatus } from "@vaultlink/core";
import type { Configuration } from "../config/load.ts";
import { type Cell, message, type Message, type Style } from "../output/result.ts";
import { withTrust } from "../vault/trust.ts";
import { configure, withVault } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";
import { allUnusable } from "../env/unusable.ts";
import { hints } from "../output/hints.ts";

/** Names, what they stand for, and what stands in their way. Asks no vault, prints no value. */
export async function list(context: CliContext): Promise<Message> {
  const configuration = await configure(context);
  const statuses = await withVault(context, configuration, async (vault) => (await vault.status()).links, {
    start: false,
  });
  const links = statuses.map((link) => withTrust(link, configuration, context.providers));
  if (links.length === 0) return message(["No links yet. Try: vaultlink link NAME"], { links: [] });
  const rows = links.map((link) => row(link, configuration));
  const refused = allUnusable(context, configuration);
  const body = [
    { heads: ["NAME", "REFERENCE", "FROM", "STATE"], rows },
    ...refused.map(({ says }) => says),
    ...hints([...links, ...refused.map(({ helps: hint }) => ({ hint }))]),
  ];
  return message(body, {
    links: links.map((link) => ({ ...link, origin: configuration.links.get(link.name)?.origin })),
  });
}

/** The names alone, one a line, for completion. */
export async function listNames(context: CliContext): Promise<Message> {
  const { links } = await configure(context);
  const names = [...links.keys()];
  return message(names, { names });
}

function row({ name, reference, state, reason }: LinkStatus, { links }: Configuration): readonly Cell[] {
  const link = links.get(name);
  const from = `${link?.origin ?? ""}${link?.hidesProject ? " (hides the project's)" : ""}`;
  return [name, reference ?? "-", from, { text: reason ?? state, style: styleOf(state) }];
}

const STYLES: Readonly<Record<LinkStatus["state"], Style>> = { resolved: "good", unknown: "dim", unresolved: "bad" };
const styleOf = (state: LinkStatus["state"]): Style => STYLES[state];
