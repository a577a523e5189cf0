import { SecretError } from "../errors/secret-error.ts";
import type { State } from "./state.ts";

/** What a reader is told while a connection is in a state that gives nothing. */
export function stateError(connection: string, state: State): SecretError {
  const reauth = `vaultlink reauth ${connection}`;
  switch (state.phase) {
    case "disconnected":
      return state.onDemand
        ? new SecretError("unauthenticated", "The connection is not open.", {
            reason: "not-authenticated",
            hint: reauth,
          })
        : new SecretError("unresolved", "The connection was disconnected.", { reason: "disconnected", hint: reauth });
    case "expired": {
      const { error, previousIdentity } = state;
      const reason = previousIdentity === undefined ? "not-authenticated" : "expired";
      return new SecretError("unauthenticated", error.message, {
        ...error.details,
        reason,
        hint: error.details.hint ?? reauth,
      });
    }
    case "failed":
      return state.error;
    case "opening":
      return new SecretError("unauthenticated", "The credentials have expired and are being renewed.", {
        reason: "expired",
        hint: reauth,
      });
    case "closed":
      return new SecretError("aborted", "The vault was closed.");
    case "ready":
      return new SecretError("unavailable", "The connection changed while it was used.");
  }
}
