import { type Change, type Kind } from "./change.ts";
import type { ConnectionEntry, ProjectContent } from "./content.ts";
import type { Loaded } from "./read.ts";
import type { Schema } from "./schema/types.ts";
import { type Pins, pinsSchema } from "../third-party/pin.ts";

/**
 * The trust list: per project file, what of it its user approved, and the code of providers that may run. Only
 * `vaultlink trust` and `vaultlink connect` write it.
 */
export interface TrustContent {
  readonly version: 1;
  readonly projects?: Readonly<Record<string, Approval>>;
  readonly providers?: Pins;
}

export interface Approval {
  /** Of the connections as they were shown. */
  readonly sha256: string;
  /** Who owned the file, where the system knows owners. */
  readonly owner?: number;
}

const trustSchema: Schema = {
  description: "Projects whose connections, and providers whose code, were approved.",
  type: "object",
  properties: {
    version: { type: "integer", const: 1 },
    projects: {
      type: "object",
      additionalProperties: {
        type: "object",
        properties: { sha256: { type: "string", pattern: "^[0-9a-f]{64}$" }, owner: { type: "integer" } },
        required: ["sha256"],
        additionalProperties: false,
      },
    },
    providers: pinsSchema,
  },
  required: ["version"],
  additionalProperties: false,
};

export const TRUST: Kind = { schema: trustSchema, privacy: "private" };

/**
 * What trust binds to: the connections, whatever their order or layout. Links count without trust, so that linking a
 * name does not end it.
 */
export function fingerprint(connections: Readonly<Record<string, ConnectionEntry>>): string {
  // Loaded for a project that has connections, and no other.
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256")
    .update(JSON.stringify(sorted(connections)))
    .digest("hex");
}

/** A project file as trust sees it. */
export interface Candidate {
  /** Its real path: a link to it is the same project. */
  readonly path: string;
  readonly owner: number | undefined;
  readonly project: Loaded<ProjectContent>;
}

/** Whether a project's connections count: it defines none, or its user approved exactly these. */
export function isTrusted({ path, owner, project }: Candidate, { projects = {} }: TrustContent): boolean {
  const { connections = {} } = project.content;
  if (Object.keys(connections).length === 0) return true;
  const approval = Object.hasOwn(projects, path) ? projects[path] : undefined;
  return approval !== undefined && approval.owner === owner && approval.sha256 === fingerprint(connections);
}

/** The edit of the trust list that approves a project, or takes the approval back. */
export function approve({ path, owner, project }: Candidate, approved: boolean): Change {
  const { connections = {} } = project.content;
  const approval: Approval = { sha256: fingerprint(connections), ...(owner !== undefined && { owner }) };
  return { keys: ["projects", path], value: approved ? approval : undefined };
}

/** The same value with the members of every object in order; entries, so that no name is special. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { members: entries.map(([key, held]) => [key, sorted(held)]) };
}
