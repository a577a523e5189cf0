import type { Provider, SecretDocument } from "@vaultlink/core";
import { type AdmitOptions, Credentials } from "./credentials.ts";
import { Documents, type PutOptions } from "./documents.ts";
import { type Answer, type CallKind, Gate, type Hold, type HoldOptions } from "./gate.ts";
import { type MemoryProviderOptions, memoryProvider } from "./provider.ts";

/** A vault in memory, moved by the test. It has no timers: nothing happens by itself. */
export interface MemoryVault {
  /** A provider for this vault. */
  provider(options?: MemoryProviderOptions): Provider;
  /** Stores a document, or a new version of it. */
  put(path: string, value: SecretDocument["value"], options?: PutOptions): void;
  /** Gives a document a second path. */
  alias(name: string, path: string): void;
  /** Removes a document: `not_found`. */
  delete(path: string): void;
  /** Makes a document `unusable`, or with `false` usable again. */
  disable(path: string, disabled?: boolean): void;
  /** Refuses a document to everybody, or to one identity: `denied`. */
  deny(path: string, identity?: string): void;
  /** Takes back what `deny` did. */
  allow(path: string): void;
  /** Admits a token. `"vlcanary-memory-token"` is admitted from the start, as `memory:alice`. */
  admit(token: string, options?: AdmitOptions): void;
  /** Admits a token no more; sessions that are open stay. */
  expel(token: string): void;
  /** Ends the credentials of open sessions, or of one identity's: their next call is `unauthenticated`. */
  lapse(identity?: string): void;
  /** Answers the next calls so, one each, before anything else: an `Error` is thrown, anything else is given as it is. */
  answer(answers: readonly Answer[], kinds?: readonly CallKind[]): void;
  /** Holds calls back from now on, so that the test lands them in the order it wants. */
  hold(options?: HoldOptions): Hold;
  /** Calls so far, by kind. A page of a listing is one call; so is a batch, whatever it carries. */
  readonly calls: Readonly<Record<CallKind, number>>;
  /** All calls that reached the vault so far; `close` never does. */
  readonly requests: number;
  /** Sessions that were opened and not closed. */
  readonly open: number;
  /** Leases that have not ended. */
  readonly leases: ReadonlySet<string>;
}

/** How a memory vault begins. */
export interface MemoryVaultOptions {
  /** Ms since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** What provider and session share with the vault they belong to. */
export interface MemoryState {
  readonly now: () => number;
  readonly documents: Documents;
  readonly credentials: Credentials;
  readonly gate: Gate;
  readonly calls: Record<CallKind, number>;
  /** Paths that are refused, to everybody (`true`) or to some identities. */
  readonly denied: Map<string, true | Set<string>>;
  readonly leases: Set<string>;
  leaseCount: number;
}

/** The token that a memory vault admits from the start. */
export const MEMORY_TOKEN = "vlcanary-memory-token";

/** Makes a vault in memory, for tests of whatever sits on a provider. */
export function memoryVault({ now = Date.now }: MemoryVaultOptions = {}): MemoryVault {
  const state: MemoryState = {
    now,
    documents: new Documents(),
    credentials: new Credentials(now),
    gate: new Gate(),
    calls: { open: 0, read: 0, readMany: 0, list: 0, renew: 0, release: 0, revoke: 0, close: 0 },
    denied: new Map(),
    leases: new Set(),
    leaseCount: 0,
  };
  const { documents, credentials, gate, calls, denied } = state;
  const sessions = { opened: 0 };
  credentials.admit(MEMORY_TOKEN, { identity: "memory:alice" });
  return {
    provider: (options = {}) => memoryProvider(state, options, () => void sessions.opened++),
    put: (path, value, options = {}) => documents.put(path, { value, ...options }),
    alias: (name, path) => documents.alias(name, path),
    delete: (path) => documents.delete(path),
    disable: (path, disabled = true) => documents.disable(path, disabled),
    deny(path, identity) {
      const before = denied.get(path);
      if (identity === undefined || before === true) denied.set(path, true);
      else denied.set(path, new Set(before).add(identity));
    },
    allow: (path) => void denied.delete(path),
    admit: (token, options = {}) => credentials.admit(token, options),
    expel: (token) => credentials.expel(token),
    lapse: (identity) => credentials.lapse(identity),
    answer(answers, kinds = ["read", "readMany"]) {
      for (const answer of answers) gate.script(answer, kinds);
    },
    hold: (options = {}) => gate.hold(options),
    calls,
    get requests() {
      return Object.values(calls).reduce((sum, count) => sum + count, 0) - calls.close;
    },
    get open() {
      return sessions.opened - calls.close;
    },
    leases: state.leases,
  };
}
