import type { ParsedIdentifier } from "../contract/provider.ts";
import type { NamedConnection } from "./named-connection.ts";

/** A native identifier, and the connection that recognises it. */
export interface Found {
  readonly named: NamedConnection;
  readonly parsed: ParsedIdentifier;
}

/** What a connection makes of an identifier: one, or none. The plugin is asked first, since it is there earlier. */
export function recogniseBy(named: NamedConnection, identifier: string): readonly Found[] {
  const { plugin, source } = named;
  const reader = plugin?.parseIdentifier === undefined ? ("load" in source ? named.provider : source) : plugin;
  const parsed = reader?.parseIdentifier?.(identifier);
  return parsed !== undefined && matches(named, parsed) ? [{ named, parsed }] : [];
}

function matches({ source }: NamedConnection, { where = {} }: ParsedIdentifier): boolean {
  const options = "load" in source ? source.options : {};
  return Object.entries(where).every(([name, value]) => options[name] === undefined || options[name] === value);
}
