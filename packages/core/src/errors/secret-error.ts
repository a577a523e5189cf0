import type { ErrorCode } from "./codes.ts";

/** What the vault or its SDK called a failure: short machine words only. */
export interface NativeFailure {
  readonly name?: string;
  readonly code?: string;
  readonly status?: number;
  readonly requestId?: string;
}

/** Everything an error may carry besides its code and message. */
export interface ErrorDetails {
  /** What helps: a command, e.g. `"aws sso login --profile dev"`, or a sentence. */
  readonly hint?: string;
  /** How long the vault asks us to wait, in ms; `Infinity` for "do not retry". */
  readonly retryAfterMs?: number;
  /** More precisely why, as a word for programs, e.g. `"disabled"`. */
  readonly reason?: string;
  /** The names of the fields there are, where one has to be named. */
  readonly fields?: readonly string[];
  /** How many requests a failed `open` sent, where the vault counts them against a quota. */
  readonly requests?: number;
  /** What the vault or its SDK called the failure. Scalars; core drops the rest. */
  readonly native?: NativeFailure;
  /** The link it is about. */
  readonly name?: string;
  /** The connection it is about. */
  readonly connection?: string;
  /** How long ago the vault answered so, in ms, if the failure comes from the negative cache. */
  readonly ageMs?: number;
}

/**
 * The only error that crosses the provider boundary.
 *
 * Its message is a fixed sentence of the thrower's: never input, never a value, never an SDK's text. It has no `cause`.
 */
export class SecretError extends Error {
  /** Recognises the class across copies of this package, where `instanceof` fails. */
  readonly "~secretError" = 1;
  override readonly name: string = "SecretError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** Whether something thrown is a `SecretError`, of this copy of the package or another. */
export function isSecretError(thrown: unknown): thrown is SecretError {
  return thrown instanceof Error && (thrown as Partial<SecretError>)["~secretError"] === 1;
}
