import type { ErrorCode } from "../errors/codes.ts";
import { parseJson } from "./fields.ts";
import { SecretError } from "../errors/secret-error.ts";

/** The code most vaults mean by an HTTP status; a provider's own table goes first. Source of the numbers: RFC 9110, RFC 6585. */
export function codeForStatus(status: number): ErrorCode {
  switch (status) {
    case 400:
    case 405:
    case 414:
    case 422:
      return "invalid_reference";
    case 401:
    case 407:
      return "unauthenticated";
    case 403:
    case 451:
      return "denied";
    case 404:
    case 410:
      return "not_found";
    case 429:
      return "throttled";
    case 501:
      return "invalid_config";
    default:
      // A redirect, a page of a proxy, a fault of the server: nobody answered the question we asked.
      return "unavailable";
  }
}

/**
 * How long a `Retry-After` header asks us to wait, in ms, or `undefined` where it says nothing usable.
 * Seconds or an HTTP date: RFC 9110, 10.2.3. `now` is the wall clock in ms.
 */
export function parseRetryAfter(header: string | null | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Only an HTTP date begins with a letter; `Date.parse` alone would read "12.5" as a date.
  const at = /^[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** What a vault answered, whole. */
export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array;
}

/** How refusals of one vault read. */
export interface RefusalOptions {
  /** What this vault means by a status, where it is not what most mean: see `codeForStatus`. */
  readonly codes?: Readonly<Record<number, ErrorCode>>;
  /** The same, asked first, for an answer whose body says more than its status does: the body's JSON, `undefined` for none. */
  readonly codeOf?: (status: number, body: unknown) => ErrorCode | undefined;
  /** The one command that gets new credentials, for `unauthenticated`. */
  readonly hint?: string;
}

const MESSAGES: Partial<Readonly<Record<ErrorCode, string>>> = {
  invalid_reference: "The vault does not take such a name.",
  unauthenticated: "The vault does not take these credentials.",
  denied: "The vault does not let this identity do that.",
  not_found: "The vault has nothing of that name.",
  throttled: "The vault asks to slow down.",
  unusable: "The secret exists, and cannot be given.",
  ambiguous: "The name means more than one thing in the vault.",
  invalid_config: "The vault does not offer what the connection needs.",
};

/** The JSON of an answer. Throws `unavailable` for what is none. */
export function jsonOf({ bytes }: HttpAnswer): unknown {
  return parseJson(new TextDecoder().decode(bytes));
}

/** The error that an answer other than 2xx means. `now` is the wall clock in ms; `body`, the JSON of the answer. */
export function refusalOf(
  answer: HttpAnswer,
  { codes, codeOf, hint }: RefusalOptions,
  now: number,
  body: unknown = bodyOf(answer),
): SecretError {
  const { status, headers } = answer;
  const code = codeOf?.(status, body) ?? codes?.[status] ?? (isPage(answer) ? "unavailable" : codeForStatus(status));
  const retryAfterMs = parseRetryAfter(headers["retry-after"], now);
  const requestId = headers["x-request-id"];
  const redirected = status >= 300 && status < 400;
  const message = redirected ? "The vault sent us elsewhere, and we do not follow." : MESSAGES[code];
  return new SecretError(code, message ?? "The vault, or a proxy before it, could not answer.", {
    native: { status, ...(requestId !== undefined && { requestId }) },
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(code === "unauthenticated" && hint !== undefined && { hint }),
  });
}

/**
 * Whether a page says that there is nothing, or that nobody may have it: that of a proxy, which knows no such address, or of
 * a firewall. Only the vault's own word makes something `not_found` or `denied`.
 */
function isPage({ status, headers }: HttpAnswer): boolean {
  return (
    ["not_found", "denied"].includes(codeForStatus(status)) && /^text\/html\b/i.test(headers["content-type"] ?? "")
  );
}

function bodyOf(answer: HttpAnswer): unknown {
  try {
    return jsonOf(answer);
  } catch {
    return undefined;
  }
}

/** The bytes of a body, `maxBytes` at most. With more it stops, which ends the connection, and throws what `tooLarge` makes. */
export async function readBytes(
  chunks: AsyncIterable<Uint8Array | string>,
  maxBytes: number,
  tooLarge: () => unknown,
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const part = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    size += part.byteLength;
    if (size > maxBytes) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}
