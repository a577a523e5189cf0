import type { Reply } from "../ask.ts";

/** Values that differ from server to server, or from moment to moment. Only their kind is compared. */
const VOLATILE: ReadonlySet<string> = new Set([
  "request_id",
  "client_token",
  "accessor",
  "entity_id",
  "id",
  "uuid",
  "created_time",
  "updated_time",
  "deletion_time",
  "creation_time",
  "issue_time",
  "expire_time",
  "ttl",
  "server_time_utc",
  "cluster_id",
  "cluster_name",
]);

/** Values that mean nothing to a client. Only their presence is compared. */
const IDLE: ReadonlySet<string> = new Set(["commit_date", "description"]);

/** An answer without what no client can rely on. */
export function comparable(reply: Reply): unknown {
  return {
    status: reply.status,
    type: reply.status === 204 ? null : reply.headers.get("content-type"),
    body: reply.body === undefined ? reply.text : settle(reply.body),
  };
}

function settle(value: unknown, key = ""): unknown {
  if (IDLE.has(key)) return "present";
  if (VOLATILE.has(key)) return kindOf(value);
  if (Array.isArray(value)) return value.map((item) => settle(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, settle(inner, name)]));
}

/** Empty texts, nulls and zeros mean something of their own; a time's form is compared, not the time. */
function kindOf(value: unknown): string {
  if (value === null || value === "" || value === 0) return JSON.stringify(value);
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return "time";
  return typeof value;
}
