import { certificateFault } from "./certificate-faults.ts";
import type { ErrorCode } from "./codes.ts";
import { isErrorCode } from "./codes.ts";
import { type ErrorDetails, isSecretError, type NativeFailure, SecretError } from "./secret-error.ts";

/** Node's and undici's codes for "could not reach it". https://nodejs.org/api/errors.html#common-system-errors */
const NETWORK = new Set([
  "EADDRNOTAVAIL",
  "EAI_AGAIN",
  "EAI_FAIL",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "EPROTO",
  "ETIMEDOUT",
]);
const NETWORK_PREFIXES = ["UND_ERR_", "HPE_", "ERR_PROXY_", "ERR_SSL_", "ERR_TLS_"];
const WORD = /^[\w.:-]{1,100}$/;

/**
 * Turns whatever a provider threw into a `SecretError` that is safe to show. Ours pass, cut down to what errors may
 * carry; Node's network codes become `unavailable`; everything else is `internal`. The original is dropped, not chained.
 */
export function toSecretError(thrown: unknown, signal?: AbortSignal): SecretError {
  if (isSecretError(thrown)) return rebuild(thrown);
  if (signal?.aborted) return new SecretError("aborted", "The call was cancelled.");
  const code = networkCode(thrown);
  if (code !== undefined) {
    return new SecretError("unavailable", networkMessage(code), { native: { code } });
  }
  const native = scalars(thrown);
  return new SecretError("internal", "The provider failed in a way it does not explain.", native && { native });
}

function rebuild(error: SecretError): SecretError {
  const code: ErrorCode = isErrorCode(error.code) ? error.code : "internal";
  const { hint, reason, requests, retryAfterMs, native } = error.details ?? {};
  const details: ErrorDetails = {
    ...(typeof hint === "string" && { hint }),
    ...(typeof reason === "string" && WORD.test(reason) && { reason }),
    ...(typeof retryAfterMs === "number" && retryAfterMs >= 0 && { retryAfterMs }),
    ...(typeof requests === "number" && requests >= 0 && { requests }),
    ...(native && { native: scalars(native) ?? {} }),
  };
  return new SecretError(code, error.message, details);
}

function networkCode(thrown: unknown): string | undefined {
  // fetch reports a TypeError whose cause, or whose cause's first error, knows the code.
  let at: unknown = thrown;
  for (let depth = 0; depth < 4 && typeof at === "object" && at !== null; depth++) {
    const { code, cause, errors } = at as { code?: unknown; cause?: unknown; errors?: unknown };
    if (typeof code === "string" && isNetworkCode(code)) return WORD.test(code) ? code : undefined;
    at = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return undefined;
}

function isNetworkCode(code: string): boolean {
  if (NETWORK.has(code) || NETWORK_PREFIXES.some((prefix) => code.startsWith(prefix))) return true;
  return certificateFault(code) !== undefined;
}

function networkMessage(code: string): string {
  const fault = certificateFault(code);
  if (fault !== undefined) return `The vault's certificate ${fault.says}.`;
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) {
    return "The vault's address does not speak TLS, or refuses ours.";
  }
  if (code.startsWith("ERR_PROXY_")) return "The proxy does not let us through to the vault.";
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "The vault's host name is not known here.";
    case "ECONNREFUSED":
      return "Nothing answers at the vault's address.";
    case "ECONNRESET":
    case "EPIPE":
    case "UND_ERR_SOCKET":
      return "The vault closed the connection before it answered.";
    default:
      return "The vault could not be reached.";
  }
}

function scalars(source: unknown): NativeFailure | undefined {
  if (typeof source !== "object" || source === null) return undefined;
  const { name, code, status, requestId } = source as Record<string, unknown>;
  const word = (text: unknown): text is string => typeof text === "string" && WORD.test(text);
  const native: NativeFailure = {
    ...(word(name) && { name }),
    ...(word(code) && { code }),
    ...(typeof status === "number" && Number.isInteger(status) && { status }),
    ...(word(requestId) && { requestId }),
  };
  return Object.keys(native).length > 0 ? native : undefined;
}

/** Anything else could be a secret that was pasted, and breaks a command that it stands in. */
const PLAIN = /^[A-Za-z_][\w.-]{0,99}$/;

/** Whether a link's or connection's name may stand in a message. */
export function isPlainName(name: string): boolean {
  return PLAIN.test(name);
}

/** The same failure, saying which name it is about, if that may be said. Never throws. */
export function withLinkName(thrown: unknown, name: string | undefined, connection: string | undefined): SecretError {
  const error = toSecretError(thrown);
  const shown = name !== undefined && isPlainName(name) ? name : undefined;
  const { ageMs } = thrown instanceof SecretError ? thrown.details : {};
  const details: ErrorDetails = {
    ...error.details,
    ...(ageMs !== undefined && { ageMs }),
    ...(shown !== undefined && { name: shown }),
    ...(connection !== undefined && { connection }),
  };
  const message =
    shown === undefined || error.message.startsWith(`${shown}: `) ? error.message : `${shown}: ${error.message}`;
  return new SecretError(error.code, message, details);
}
