import type { ErrorCode } from "./errors/codes.ts";

export type ConnectionState = "disconnected" | "opening" | "ready" | "expired" | "failed" | "closed";

/** Why a link cannot give a value now. */
export type UnresolvedReason =
  | "unlinked"
  | "unknown-connection"
  | "not-authenticated"
  | "expired"
  | "disconnected"
  | "disabled"
  | "untrusted"
  | "mismatch"
  | "domain-blocked"
  | "forbidden"
  | "not-found"
  | "unusable"
  | "denied"
  | "unreachable"
  | "throttled"
  | "invalid";

/** Requests of all sessions a connection has had since this vault object was created, logins included. */
export interface RequestCounts {
  readonly total: number;
  /** Of the last 60 minutes, to the minute. */
  readonly lastHour: number;
  /** Of the last 24 hours, to the minute. */
  readonly lastDay: number;
}

export interface ConnectionStatus {
  readonly name: string;
  readonly provider: string;
  readonly state: ConnectionState;
  /** Who the vault says we are; absent means unknown. */
  readonly identity?: string;
  /** When the credentials expire, in ms since the epoch, if known. */
  readonly expiresAt?: number;
  /** Values held for it. */
  readonly cached: number;
  /** Calls made to the vault since this vault object was created, logins included. */
  readonly calls: number;
  /** Requests sent to the vault, where it counts them against a quota; one call may take several, or none. */
  readonly requests?: RequestCounts;
  /** How long the vault asked us to send nothing from now on, in ms; absent where it did not. */
  readonly throttledForMs?: number;
  /** Why it is `expired` or `failed`. */
  readonly error?: ConnectionProblem;
}

/** What keeps a connection from a session. */
export interface ConnectionProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
  /** More precisely why: `"not-authenticated"` if nobody ever signed in, `"expired"` if somebody had. */
  readonly reason?: string;
  /** How long the vault asks us to wait, in ms. */
  readonly retryAfterMs?: number;
}

export interface LinkStatus {
  readonly name: string;
  readonly reference: string | null;
  readonly required: boolean;
  /** `"unknown"`: no obstacle is known, and the vault was not asked yet. */
  readonly state: "resolved" | "unresolved" | "unknown";
  readonly reason?: UnresolvedReason;
  /** The command that helps. */
  readonly hint?: string;
  /** The vault's own version id of the cached value, if it has one. */
  readonly version?: string;
  /** Age of the cached value, in ms. */
  readonly ageMs?: number;
  /** When the cached value expires, in ms from now. */
  readonly expiresInMs?: number;
  /** How often the vault was asked for its document since this vault object was created; absent: never, as far as is known. */
  readonly reads?: number;
  /** It has expired, and is served since the vault cannot be asked: for which reason, and for how many ms from now. */
  readonly stale?: { readonly cause: ErrorCode; readonly endsInMs: number };
}

export interface CacheStatus {
  readonly entries: number;
  readonly bytes: number;
  /**
   * How many values others have pushed out so far, each to be read again when it is used: what is used does not fit
   * `cache.maxBytes`, or `cache.maxEntries`. Absent while all of it did.
   */
  readonly evicted?: number;
  /** Minutes. */
  readonly ttl: number;
  readonly hits: number;
  readonly misses: number;
}

/** Sessions that are open, of every view and environment. */
export interface SessionCounts {
  readonly open: number;
  /** Of those, the ones a person gave credentials for. */
  readonly byPerson: number;
}

export interface VaultStatus {
  readonly connections: readonly ConnectionStatus[];
  readonly links: readonly LinkStatus[];
  readonly cache: CacheStatus;
  readonly sessions: SessionCounts;
}
