import { isSecretError, type SecretError } from "../errors/secret-error.ts";

/** What an answer says of the vault's load. */
export type Load = "borne" | "overloaded" | "unknown";

/** Statuses of gateways that could not reach the vault, and of a vault that is out of service. */
const OUT_OF_SERVICE = new Set([502, 503, 504]);

/** Whether the vault itself answered this one request, as far as one can tell: then it can be reached. */
export function isAnswer({ code, details: { native } }: SecretError): boolean {
  return code === "unavailable" && native?.status !== undefined && !OUT_OF_SERVICE.has(native.status);
}

/** Whether a failure says that the vault gets more calls than it bears, or is not there; not one about a single request. */
export function isOverload(error: unknown): error is SecretError {
  if (!isSecretError(error)) return false;
  const { code } = error;
  return code === "throttled" || code === "timeout" || (code === "unavailable" && !isAnswer(error));
}
