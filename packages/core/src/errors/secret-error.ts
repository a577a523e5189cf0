import { type ErrorCode, isErrorCode } from "./codes.ts";
import { certificateFault, findErrorCode, networkFault, type NetworkFault } from "./network-faults.ts";

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

/** A word of a machine: nothing that could be a sentence, an address with a password, or a value. */
export const WORD: RegExp = /^[\w.:-]{1,100}$/;

/** What a vault or its SDK called a failure, as far as it is short machine words; `undefined` where nothing of it is. */
export function nativeFailureOf(source: unknown): NativeFailure | undefined {
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

/**
 * Turns whatever a provider threw into a `SecretError` that is safe to show. Ours pass, cut down to what errors may
 * carry; Node's network codes become `unavailable`, a bundler's refusal to load a module `invalid_config`; everything else is `internal`. The original is dropped, not chained.
 */
export function toSecretError(thrown: unknown, signal?: AbortSignal): SecretError {
  if (isSecretError(thrown)) return rebuild(thrown);
  if (signal?.aborted) return new SecretError("aborted", "The call was cancelled.");
  const code = findErrorCode(thrown, (found) => networkFault(found) !== undefined);
  if (code !== undefined) {
    return new SecretError("unavailable", networkMessage(code), { native: { code } });
  }
  if (isBundlersRefusal(thrown)) {
    return new SecretError("invalid_config", "The vault's SDK cannot be loaded from this bundle: keep it external.", {
      hint: "keep the provider's package and its SDK external in the bundler's options, or bundle to CommonJS",
    });
  }
  const native = nativeFailureOf(thrown);
  return new SecretError("internal", "The provider failed in a way it does not explain.", native && { native });
}

/** What esbuild puts in the place of `require` in ES modules throws exactly this (its runtime, `__require`). */
function isBundlersRefusal(thrown: unknown): boolean {
  return thrown instanceof Error && /^Dynamic require of "[^"\n]{1,200}" is not supported$/.test(thrown.message);
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

/** The reason in an error's details that says that its session has ended by itself, e.g. since its program did. */
export const SESSION_ENDED = "session-ended";

/** Whether a failure says that its session is over: no later call of it can succeed. */
export function isSessionEnded(thrown: unknown): boolean {
  return isSecretError(thrown) && thrown.details.reason === SESSION_ENDED;
}
