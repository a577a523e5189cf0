import type { Via } from "./credentials/via.ts";

/** What may be kept of something the SDK threw: machine words, and the text only to tell cases apart. */
export interface Seen {
  readonly name?: string;
  /** Node's code, e.g. `"ECONNREFUSED"`. */
  readonly code?: string;
  readonly status?: number;
  readonly requestId?: string;
  /** The value of a `Retry-After` header. */
  readonly retryAfter?: string;
  /** Where credentials were looked for. */
  readonly via?: Via;
  /** In lower case. Never passed on. */
  readonly text: string;
}

const NODE_CODE = /\b(?:ECONN[A-Z]{4,7}|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOENT|EACCES)\b/;

/** Looks at a thrown value. Of a chain of causes, the first code found is taken: the SDK wraps Node's errors. */
export function see(thrown: unknown): Seen {
  const { name, message, $metadata, $response, statusCode: bare } = fieldsOf(thrown);
  const { httpStatusCode, requestId } = fieldsOf($metadata);
  const { headers, statusCode } = fieldsOf($response);
  const retryAfter = fieldsOf(headers)["retry-after"];
  const status = [httpStatusCode, statusCode, bare].find((held) => typeof held === "number");
  // The SDK's search for credentials keeps of a cause only its text. Other texts hold names that callers chose.
  const told = typeof name === "string" && name.endsWith("ProviderError") && typeof message === "string";
  const code = codeOf(thrown) ?? (told ? NODE_CODE.exec(message)?.[0] : undefined);
  return {
    text: (typeof message === "string" ? message : "").toLowerCase(),
    ...(typeof name === "string" && { name }),
    ...(code !== undefined && { code }),
    ...(typeof status === "number" && { status }),
    ...(typeof requestId === "string" && { requestId }),
    ...(typeof retryAfter === "string" && { retryAfter }),
  };
}

function codeOf(thrown: unknown): string | undefined {
  let at: unknown = thrown;
  for (let depth = 0; depth < 4; depth++) {
    const { code, cause, errors } = fieldsOf(at);
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)) return code;
    at = cause ?? (Array.isArray(errors) ? (errors as readonly unknown[])[0] : undefined);
    if (at === undefined) return undefined;
  }
  return undefined;
}

function fieldsOf(held: unknown): Readonly<Record<string, unknown>> {
  return typeof held === "object" && held !== null ? (held as Record<string, unknown>) : {};
}
