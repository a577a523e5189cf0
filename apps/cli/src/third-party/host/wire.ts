import { isSecretError } from "@vaultlink/core";
import { toSecretError } from "@vaultlink/core/internal";
import type { SecretDocument } from "@vaultlink/core/provider";
import { trace } from "./trace.ts";

/** A request as it came: https://secretspec.dev/reference/ipc-wire, version 1. */
export interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Aborts on the request's deadline, and when nobody waits for its answer any more. */
  readonly signal: AbortSignal;
  /** Ms since the epoch. */
  readonly deadline: number;
}

/**
 * What was thrown, as an error of the wire that keeps what core would have been told in its own process. `sent`: how many
 * requests the session has sent so far, where it counts them.
 */
export function errorOf(thrown: unknown, sent?: number): object {
  // The wire has a code for it, and no text.
  if (!isSecretError(thrown)) trace(thrown);
  const { code, message, details } = toSecretError(thrown);
  const { hint, reason, requests, native, retryAfterMs } = details;
  const wait = retryAfterMs !== undefined && !Number.isFinite(retryAfterMs) ? "never" : retryAfterMs;
  return {
    code: -32_008,
    message,
    data: { code, hint, reason, requests: sent ?? requests, native, retry_after_ms: wait },
  };
}

/** A document on the wire. */
export function documentOf(document: SecretDocument): object {
  const { value, id, version, expiresAt, lease } = document;
  return { ...valueOf(value), id, version, expires_at_unix_ms: timeOf(expiresAt), lease };
}

function valueOf(value: SecretDocument["value"]): object {
  if (typeof value === "string") return { text: value };
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString("base64") };
  return { fields: value };
}

/** JSON has no infinity: what never ends has no end. What is no time at all is over. */
export function timeOf(time: number | undefined): number | undefined {
  if (time === undefined || time === Infinity) return undefined;
  return Number.isFinite(time) ? time : 0;
}

/** One outcome of several. */
export function outcomeOf(outcome: PromiseSettledResult<SecretDocument>): object {
  if (outcome.status === "fulfilled") return documentOf(outcome.value);
  return { error: errorOf(outcome.reason) };
}
