import type { Answer } from "../kit/backend.ts";
import type { Ids } from "../kit/ids.ts";

const HEADERS = {
  "cache-control": "no-store",
  "content-type": "application/json",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
};

/** The parts of the vault's usual answer that differ from call to call. */
export interface Parts {
  readonly status?: number;
  readonly data?: unknown;
  readonly lease?: { readonly id: string; readonly seconds: number; readonly renewable: boolean };
  readonly auth?: unknown;
  readonly warnings?: readonly string[];
}

/** The vault's usual answer. Field order as measured. */
export function reply(ids: Ids, parts: Parts): Answer {
  return json(parts.status ?? 200, {
    request_id: ids.uuid(),
    lease_id: parts.lease?.id ?? "",
    renewable: parts.lease?.renewable ?? false,
    lease_duration: parts.lease?.seconds ?? 0,
    data: parts.data ?? null,
    wrap_info: null,
    warnings: parts.warnings ?? null,
    auth: parts.auth ?? null,
  });
}

/** A body outside the usual form, e.g. of `sys/health`. */
export function json(status: number, body: unknown): Answer {
  return { status, headers: HEADERS, body: `${JSON.stringify(body)}\n` };
}

export function noContent(): Answer {
  return { status: 204, headers: HEADERS };
}

/** An error; without texts it is the vault's "there is nothing here". */
export function errors(status: number, ...texts: readonly string[]): Answer {
  return json(status, { errors: texts });
}

/** How the vault words what an engine, not the front door, refuses. */
export function wrapped(text: string): string {
  return `1 error occurred:\n\t* ${text}\n\n`;
}

export const NOT_FOUND: Answer = errors(404);
export const POLICY_DENIED: Answer = errors(403, wrapped("permission denied"));
export const BARE_DENIED: Answer = errors(403, "permission denied");
export const UNSUPPORTED: Answer = errors(405, wrapped("unsupported operation"));

/** Times as the vault writes them: nanoseconds. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "000001Z");
}
