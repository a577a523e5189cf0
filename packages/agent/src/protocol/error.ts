import { type ErrorDetails, isSecretError, SecretError } from "@vaultlink/core";
import { isErrorCode } from "@vaultlink/core/provider";

/** An error as it stands in a frame. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly reason?: string;
  /** The names of the fields there are, where one has to be named. */
  readonly fields?: readonly string[];
  readonly name?: string;
  readonly connection?: string;
  readonly ageMs?: number;
  /** Ms, or `"never"` where trying again is pointless. */
  readonly retryAfterMs?: number | "never";
  readonly native?: ErrorDetails["native"];
}

/** What was thrown, as it may be told. Whatever is not ours is told as `internal`, without its text. */
export function toWireError(thrown: unknown): WireError {
  if (!isSecretError(thrown)) return { code: "internal", message: "Something went wrong inside the agent." };
  const { code, message, details } = thrown;
  const { fields, hint, reason, name, connection, ageMs, retryAfterMs, native } = details;
  return {
    code,
    message,
    ...(hint !== undefined && { hint }),
    ...(reason !== undefined && { reason }),
    ...(fields !== undefined && { fields }),
    ...(name !== undefined && { name }),
    ...(connection !== undefined && { connection }),
    ...(ageMs !== undefined && { ageMs }),
    ...(retryAfterMs !== undefined && { retryAfterMs: Number.isFinite(retryAfterMs) ? retryAfterMs : "never" }),
    ...(native !== undefined && { native }),
  };
}

/** The error that a frame tells. A code of a newer agent that is not known here counts as `internal`. */
export function fromWireError(given: unknown): SecretError {
  const error = (typeof given === "object" && given !== null ? given : {}) as Partial<Record<keyof WireError, unknown>>;
  const { code, message, fields, hint, reason, name, connection, ageMs, retryAfterMs, native } = error;
  const details: ErrorDetails = {
    ...(typeof hint === "string" && { hint }),
    ...(typeof reason === "string" && { reason }),
    ...(Array.isArray(fields) && { fields: fields.filter((one) => typeof one === "string") }),
    ...(typeof name === "string" && { name }),
    ...(typeof connection === "string" && { connection }),
    ...(typeof ageMs === "number" && { ageMs }),
    ...(typeof retryAfterMs === "number" && { retryAfterMs }),
    ...(retryAfterMs === "never" && { retryAfterMs: Infinity }),
    ...(typeof native === "object" && native !== null && { native }),
  };
  const text = typeof message === "string" ? message : "The agent gave no reason.";
  return new SecretError(isErrorCode(code) ? code : "internal", text, details);
}
