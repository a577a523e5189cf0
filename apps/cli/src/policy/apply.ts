import type { Merged, MergedConnection } from "../config/merge.ts";
import { labelOf } from "../third-party/source.ts";
import { closesOwn } from "./own-connections.ts";
import type { PolicyConnection, PolicyContent } from "./content.ts";

/** What a policy makes of the user's and the project's files. */
export interface Applied extends Merged {
  /** Connections that count for nobody here since the policy refuses them, with the reason as a sentence. */
  readonly refused: ReadonlyMap<string, string>;
  /** Those of the user or the project whose name the policy has. */
  readonly overruled: readonly string[];
  /** Those that an admin disconnected for everybody. */
  readonly ended: ReadonlySet<string>;
}

/**
 * The policy's connections win over the others', and so do the names of those that an admin disconnected: their links lead
 * nowhere, rather than to what somebody else calls the same. Of the others, what the policy refuses does not count.
 */
export function applyPolicy(merged: Merged, policy: PolicyContent | undefined): Applied {
  if (policy === undefined) return { ...merged, refused: new Map(), overruled: [], ended: new Set() };
  const own = Object.entries(policy.connections ?? {});
  const ended = new Set(policy.disconnected?.filter((name) => !Object.hasOwn(policy.connections ?? {}, name)));
  const connections = new Map<string, MergedConnection>(own.map(([name, entry]) => [name, teamConnection(entry)]));
  const refused = new Map<string, string>();
  const overruled: string[] = [];
  for (const [name, connection] of merged.connections) {
    if (connections.has(name) || ended.has(name)) overruled.push(name);
    else {
      const sentence = closesOwn(labelOf(connection.entry.provider), connections, policy);
      if (sentence === undefined) connections.set(name, connection);
      else refused.set(name, sentence);
    }
  }
  const untrusted = new Map([...merged.untrusted].filter(([name]) => !connections.has(name) && !ended.has(name)));
  overruled.push(...[...merged.untrusted.keys()].filter((name) => !untrusted.has(name)));
  return { ...merged, connections, untrusted, refused, overruled, ended };
}

function teamConnection({ managedBy, ...entry }: PolicyConnection): MergedConnection {
  const team = (managedBy ?? (labelOf(entry.provider) === "hashicorp" ? "team" : "user")) === "team";
  return { entry, origin: "policy", team };
}
