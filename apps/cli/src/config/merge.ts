import type { LinkDefinition, LinkRecord } from "@vaultlink/core";
import type { ConnectionEntry, ProjectContent, UserContent } from "./content.ts";

/** Which file a link comes from. */
export type Origin = "user" | "project";

/** Which file a connection comes from. */
export type ConnectionOrigin = Origin | "policy";

export interface MergedLink {
  readonly definition: LinkDefinition;
  readonly origin: Origin;
  /** The project has the name too; the user's own link wins. */
  readonly hidesProject: boolean;
}

export interface MergedConnection {
  readonly entry: ConnectionEntry;
  readonly origin: ConnectionOrigin;
  /** A team manages it: its admins alone may disconnect it. */
  readonly team?: boolean;
}

/** Both files as one. */
export interface Merged {
  readonly links: ReadonlyMap<string, MergedLink>;
  /** Those that count. */
  readonly connections: ReadonlyMap<string, MergedConnection>;
  /** Those of the project that count only after `vaultlink trust`. */
  readonly untrusted: ReadonlyMap<string, ConnectionEntry>;
  /** Those of the project that never count, since the user has the name. */
  readonly ignored: readonly string[];
}

/** Merges: the user's links and connections win over the project's; the project's connections count only if trusted. */
export function merge(user: UserContent, project: ProjectContent | undefined, trusted: boolean): Merged {
  const links = new Map<string, MergedLink>();
  const own = new Map(Object.entries(user.links ?? {}));
  for (const [name, definition] of Object.entries(project?.links ?? {})) {
    if (!own.has(name)) links.set(name, { definition, origin: "project", hidesProject: false });
  }
  for (const [name, definition] of own) {
    links.set(name, { definition, origin: "user", hidesProject: Object.hasOwn(project?.links ?? {}, name) });
  }
  const connections = new Map<string, MergedConnection>();
  const untrusted = new Map<string, ConnectionEntry>();
  const ignored: string[] = [];
  for (const [name, entry] of Object.entries(user.connections ?? {})) connections.set(name, { entry, origin: "user" });
  for (const [name, entry] of Object.entries(project?.connections ?? {})) {
    if (connections.has(name)) ignored.push(name);
    else if (trusted) connections.set(name, { entry, origin: "project" });
    else untrusted.set(name, entry);
  }
  return { links, connections, untrusted, ignored };
}

/** A link in its long form, whichever form the file has. */
export function record(definition: LinkDefinition): LinkRecord {
  return typeof definition === "object" && definition !== null ? definition : { reference: definition };
}
