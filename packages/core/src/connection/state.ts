import { isSessionEnded, SecretError } from "../errors/secret-error.ts";

/** Where a connection stands. `previousIdentity` is the identity its withheld values belong to. */
export type State =
  | { readonly phase: "disconnected"; readonly onDemand: boolean }
  | Opening
  | Ready
  | Expired
  | Failed
  | { readonly phase: "closed" };

export interface Opening {
  readonly phase: "opening";
  readonly attempt: number;
  readonly person: boolean;
  readonly previousIdentity?: string | undefined;
  readonly onDemand: boolean;
  /** What to return to when a person declines. */
  readonly fallback: Expired | Failed | undefined;
  /** Transient failures in a row before this attempt. */
  readonly failures: number;
  /** When a read last found the credentials refused, by `uptimeMs`, in ms: limits how often that may reopen. */
  readonly reopenedAt?: number | undefined;
}

export interface Ready {
  readonly phase: "ready";
  readonly serial: number;
  readonly identity: string;
  /** A person was asked for these credentials: they are not reopened unattended. */
  readonly person: boolean;
  /** A replacement under way. */
  readonly next?: { readonly attempt: number; readonly by: "open" | "renew"; readonly person: boolean } | undefined;
  readonly failures: number;
  readonly reopenedAt?: number | undefined;
}

export interface Expired {
  readonly phase: "expired";
  readonly previousIdentity?: string | undefined;
  readonly error: SecretError;
  /** When a read may try to open unattended, by `uptimeMs`, in ms. */
  readonly retryAt: number;
  readonly person: boolean;
  readonly reopenedAt?: number | undefined;
}

export interface Failed {
  readonly phase: "failed";
  readonly previousIdentity?: string | undefined;
  readonly error: SecretError;
  readonly retryAt: number;
  readonly failures: number;
  /** The session before needed a person. */
  readonly person: boolean;
}

/** The states from which a connection may be opened. */
export type Openable = Exclude<State, Opening | Ready | { readonly phase: "closed" }>;

/** What happened. */
export type Event =
  | { readonly type: "read" }
  | { readonly type: "person" }
  | { readonly type: "opened"; readonly attempt: number; readonly identity: string; readonly person: boolean }
  /** Without an identity: the same as before. */
  | { readonly type: "renewed"; readonly attempt: number; readonly identity?: string }
  /** `asked`: of credentials that a person typed or gave. */
  | { readonly type: "refused"; readonly attempt: number; readonly error: SecretError; readonly asked?: boolean }
  | { readonly type: "renewal-due"; readonly serial: number; readonly renewable: boolean }
  | { readonly type: "unresponsive"; readonly serial: number }
  | { readonly type: "expired"; readonly serial: number; readonly error: SecretError; readonly due: boolean }
  | { readonly type: "disconnect" }
  | { readonly type: "close" };

/** What to do about it, in order. */
export type Effect =
  | { readonly do: "open"; readonly attempt: number; readonly person: boolean }
  | { readonly do: "renew"; readonly attempt: number; readonly serial: number }
  | { readonly do: "drop" }
  | { readonly do: "adopt"; readonly attempt: number }
  | { readonly do: "extend"; readonly attempt: number }
  | { readonly do: "discard"; readonly attempt: number }
  | { readonly do: "retry-renewal"; readonly serial: number; readonly inMs: number }
  | { readonly do: "abort" }
  | { readonly do: "retire" }
  | { readonly do: "detach" }
  /** Settles the waiters: with the session, the state's error, or that the prompt was declined. */
  | { readonly do: "wake"; readonly declined?: SecretError };

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** `uptimeMs` now, an unused attempt number, and a random number in [0, 1). */
export interface TransitionInput {
  readonly uptimeMs: number;
  readonly attempt: number;
  readonly random: number;
}

/** An unattended opening that was refused is not repeated sooner, in ms. */
export const REOPEN_MS = 30_000;

/** What a read rejects with while a connection is in a state without a session. */
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
      if (isSessionEnded(error)) return error;
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
