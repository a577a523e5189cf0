import { type ErrorCode, type ErrorDetails, isErrorCode, isSecretError } from "@vaultlink/core/provider";

/** A failure as core will see it. */
export interface Failure {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  /** For messages: the code, and where it comes from. Holds nothing of the error's own text. */
  readonly shown: string;
}

/** Network codes of Node and undici that core turns into `unavailable`. */
const NETWORK =
  /^(E(ADDRNOTAVAIL|AI_AGAIN|AI_FAIL|CONNABORTED|CONNREFUSED|CONNRESET|HOSTDOWN|HOSTUNREACH|NETDOWN|NETUNREACH|NOTFOUND|PIPE|PROTO|TIMEDOUT)|(UND_ERR|HPE|ERR_SSL|ERR_TLS|CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)_\w+)$/;

/** Judges what a provider threw the way core does: its own errors pass, network codes are `unavailable`, the rest is `internal`. */
export function failureOf(thrown: unknown, signal?: AbortSignal): Failure {
  if (isSecretError(thrown)) {
    const { code, details } = thrown as { code: unknown; details?: ErrorDetails };
    if (isErrorCode(code)) return { code, details: details ?? {}, shown: `\`${code}\`` };
    return { code: "internal", details: {}, shown: "a SecretError whose code is none of the contract's" };
  }
  if (signal?.aborted) return { code: "aborted", details: {}, shown: "`aborted`" };
  const network = networkCode(thrown);
  if (network !== undefined) return { code: "unavailable", details: {}, shown: `\`unavailable\` (from ${network})` };
  return { code: "internal", details: {}, shown: `${className(thrown)}, which core can only report as \`internal\`` };
}

/** Whether core recognises something thrown although it is no `SecretError`. */
export function isNetworkFailure(thrown: unknown): boolean {
  return networkCode(thrown) !== undefined;
}

function networkCode(thrown: unknown): string | undefined {
  let at = thrown;
  for (let depth = 0; depth < 4 && typeof at === "object" && at !== null; depth++) {
    const { code, cause, errors } = at as { code?: unknown; cause?: unknown; errors?: unknown };
    if (typeof code === "string" && NETWORK.test(code)) return code;
    at = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return undefined;
}

function className(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return `a thrown ${thrown === null ? "null" : typeof thrown}`;
  const name: unknown = (thrown.constructor as { name?: unknown } | undefined)?.name;
  return typeof name === "string" && /^\w{1,60}$/.test(name) ? `a thrown ${name}` : "a thrown object";
}
