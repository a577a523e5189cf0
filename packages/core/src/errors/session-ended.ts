import { isSecretError } from "./secret-error.ts";

/** The reason in an error's details that says that its session has ended by itself, e.g. since its program did. */
export const SESSION_ENDED = "session-ended";

/** Whether a failure says that its session is over: no later call of it can succeed. */
export function isSessionEnded(thrown: unknown): boolean {
  return isSecretError(thrown) && thrown.details.reason === SESSION_ENDED;
}
