import type { ErrorCode, SecretDocument } from "@vaultlink/core/provider";
import type { MemoryIdentity, MemoryVault } from "../memory/memory-state.ts";

/** A request, as a route of a stand-in sees it. Everything it throws as a `SecretError` becomes a status. */
export interface StandInCall {
  /** What the route's `*` stands for, decoded. */
  readonly rest: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as JSON; a text if it is none. */
  readonly body: unknown;
  /** What is behind the address. */
  readonly vault: MemoryVault;
  /** The token that came along. */
  readonly token: string;
  /** Who has that token; nobody is `unauthenticated`. */
  readonly who: () => MemoryIdentity;
  /** Reads as that identity: its current version, or the one of that number. */
  readonly read: (path: string, version?: string | null) => SecretDocument;
  /** What that identity may list below a prefix. */
  readonly list: (prefix: string) => ReadonlyArray<{ readonly path: string; readonly disabled: boolean }>;
  /** Makes a token of its own from one that may sign in. */
  readonly login: (token: string) => string;
}

/** What a route answers: JSON with status 200, or all of it. */
export interface StandInReply {
  readonly status: number;
  readonly json?: unknown;
  /** Sent as they are, instead of JSON. */
  readonly bytes?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes a whole answer, for a route that needs another status or other headers than usual. */
export function reply(answer: StandInReply): StandInReply {
  return Object.assign(Object.create(REPLY) as StandInReply, answer);
}

/** Whether a route has made the whole answer. */
export function isReply(answer: unknown): answer is StandInReply {
  return typeof answer === "object" && answer !== null && Object.getPrototypeOf(answer) === REPLY;
}

const REPLY = Object.freeze({});

/** With which status a vault says what; a stand-in may be told otherwise. */
export const STATUSES: Readonly<Partial<Record<ErrorCode, number>>> = {
  invalid_reference: 400,
  unauthenticated: 401,
  denied: 403,
  not_found: 404,
  unusable: 409,
  throttled: 429,
};
