import { SecretError } from "@vaultlink/core";
import type { Change } from "../../config/change.ts";
import type { UserContent } from "../../config/content.ts";
import type { Configuration } from "../../config/load.ts";
import { labelOf } from "../../third-party/source.ts";
import type { Options } from "../../options/secrets.ts";

/** A definition without its provider's name. */
export type Former = Options & { readonly maxSession?: number };

/** What the user's definition of this name was before. Throws for a name that another provider has. */
export function formerOptions(name: string, provider: string, { user }: Configuration): Former | undefined {
  const connections = user.content.connections ?? {};
  const former = Object.hasOwn(connections, name) ? connections[name] : undefined;
  if (former === undefined) return undefined;
  const { provider: before, ...options } = former;
  if (before === provider) return structuredClone(options);
  throw new SecretError("invalid_config", `${name} is a connection of the provider ${labelOf(before)}.`, {
    hint: `Give this one another name, after vaultlink connect ${provider}`,
  });
}

/** The edits that make a definition read so; what stays the same keeps its place and its comments. */
export function definitionChanges(name: string, now: Options, { connections = {} }: UserContent): readonly Change[] {
  const before: Options | undefined = Object.hasOwn(connections, name) ? connections[name] : undefined;
  if (before === undefined) return [{ keys: ["connections", name], value: now }];
  const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...keys]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]))
    .map((key) => ({ keys: ["connections", name, key], value: now[key] }));
}
