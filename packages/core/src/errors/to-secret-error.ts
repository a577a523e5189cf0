import { certificateFault } from "./certificate-faults.ts";
import { findErrorCode, networkFault, type NetworkFault } from "./network-faults.ts";
import type { ErrorCode } from "./codes.ts";
import { isErrorCode } from "./codes.ts";
import { nativeFailureOf, WORD } from "./native-failure.ts";
import { type ErrorDetails, isSecretError, SecretError } from "./secret-error.ts";

/**
 * Turns whatever a provider threw into a `SecretError` that is safe to show. Ours pass, cut down to what errors may
 * carry; Node's network codes become `unavailable`; everything else is `internal`. The original is dropped, not chained.
 */
export function toSecretError(thrown: unknown, signal?: AbortSignal): SecretError {
  if (isSecretError(thrown)) return rebuild(thrown);
  if (signal?.aborted) return new SecretError("aborted", "The call was cancelled.");
  const code = findErrorCode(thrown, (found) => networkFault(found) !== undefined);
  if (code !== undefined) {
    return new SecretError("unavailable", networkMessage(code), { native: { code } });
  }
  const native = nativeFailureOf(thrown);
  return new SecretError("internal", "The provider failed in a way it does not explain.", native && { native });
}

function rebuild(error: SecretError): SecretError {
  const code: ErrorCode = isErrorCode(error.code) ? error.code : "internal";
  const { fields, hint, reason, requests, retryAfterMs, native } = error.details ?? {};
  const details: ErrorDetails = {
    ...(typeof hint === "string" && { hint }),
    ...(typeof reason === "string" && WORD.test(reason) && { reason }),
    ...(isNames(fields) && { fields }),
    ...(typeof retryAfterMs === "number" && retryAfterMs >= 0 && { retryAfterMs }),
    ...(typeof requests === "number" && requests >= 0 && { requests }),
    ...(native && { native: nativeFailureOf(native) ?? {} }),
  };
  return new SecretError(code, error.message, details);
}

const isNames = (held: unknown): held is readonly string[] =>
  Array.isArray(held) && held.length <= 100 && held.every((name) => typeof name === "string" && name.length <= 64);

const MESSAGES: Readonly<Record<Exclude<NetworkFault["kind"], "certificate">, string>> = {
  "unknown-host": "The vault's host name is not known here.",
  refused: "Nothing answers at the vault's address.",
  broken: "The vault closed the connection before it answered.",
  tls: "The vault's address does not speak TLS, or refuses ours.",
  proxy: "The proxy does not let us through to the vault.",
  "timed-out": "The vault could not be reached.",
  unreachable: "The vault could not be reached.",
};

function networkMessage(code: string): string {
  const kind = networkFault(code)?.kind ?? "unreachable";
  return kind === "certificate" ? `The vault's certificate ${certificateFault(code)?.says}.` : MESSAGES[kind];
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
