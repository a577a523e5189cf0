import type { ConnectionEntry } from "../config/content.ts";

/** What a machine's policy holds. */
export interface PolicyContent {
  readonly version: 1;
  readonly roles?: Roles;
  readonly connections?: Readonly<Record<string, PolicyConnection>>;
  readonly hashicorp?: { readonly personal?: "allow" | "deny" };
  readonly limits?: Limits;
  readonly disconnected?: readonly string[];
}

/** Who may disconnect what the team manages. */
export interface Roles {
  readonly proof?: "vault" | "file";
  readonly admin?: readonly string[];
  readonly superAdmin?: readonly string[];
}

/** What nobody's own configuration may exceed. */
export interface Limits {
  readonly maxTtlMinutes?: number;
  readonly maxPerProvider?: number | null;
  readonly staleOnError?: "allow" | "forbid";
  readonly refreshAhead?: "allow" | "forbid";
  readonly audit?: "optional" | "require";
}

export interface PolicyConnection extends ConnectionEntry {
  readonly managedBy?: "team" | "user";
}
