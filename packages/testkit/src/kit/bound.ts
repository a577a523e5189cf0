import type { Session } from "@vaultlink/core/provider";

const MEMBERS: ReadonlyArray<keyof Session> = [
  "identity",
  "roles",
  "expiresAt",
  "renewAt",
  "maxBatch",
  "maxConcurrency",
  "read",
  "readMany",
  "version",
  "list",
  "renew",
  "release",
  "requests",
  "revoke",
  "close",
];

/** The same session as a plain object, whose members can be taken apart: one of a class keeps its own in the prototype. */
export function bound(session: Session): Session {
  const held: Record<string, unknown> = {};
  for (const name of MEMBERS) {
    const member: unknown = session[name];
    if (member === undefined) continue;
    held[name] =
      typeof member === "function" ? (...given: unknown[]) => Reflect.apply(member, session, given) as unknown : member;
  }
  return held as unknown as Session;
}
