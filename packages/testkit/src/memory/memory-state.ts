import type { Provider, SecretDocument } from "@vaultlink/core/provider";

/** Who may sign in to a memory vault, and what they may read. */
export interface MemoryIdentity {
  readonly name: string;
  /** Paths, or prefixes that end with `*`. @default everything */
  readonly may?: readonly string[];
  /** Whether they may list. @default true */
  readonly lists?: boolean;
}

/** How often each call arrived. */
export interface MemoryCalls {
  open: number;
  read: number;
  readMany: number;
  version: number;
  list: number;
  renew: number;
  release: number;
  revoke: number;
}

/** A vault in this process, for tests. Nothing in it takes time. */
export interface MemoryVault {
  /** A provider for it. `by` says whether it signs in with a token it was given, or obtains one. */
  provider(options?: { readonly token?: string; readonly by?: "token" | "login" }): Provider;
  /** Writes a document, as its owner would; the version grows. */
  put(path: string, value: SecretDocument["value"]): void;
  delete(path: string): void;
  /** Marks a document as there and not to be given. */
  disable(path: string): void;
  /** Makes a path give a new document with a lease at each read. */
  onDemand(path: string, seconds: number): void;
  /** Lets somebody sign in with a token. */
  allow(token: string, identity: MemoryIdentity): void;
  /** Ends a token. */
  revoke(token: string): void;
  /** Who signs in with a token. */
  nameOf(token: string): string | undefined;
  /** Lets half of the lifetime of the tokens that logins gave pass: at the second call, those that nothing extended have ended. */
  elapse(): void;
  /** Makes a token that a login gave as good as new. */
  extend(token: string): void;
  isLive(token: string): boolean;
  hasLease(lease: string): boolean;
  readonly calls: MemoryCalls;
  /** The last token that a login obtained. */
  readonly lastObtained: string | undefined;
}

/** What the provider works on. */
export interface MemoryState extends MemoryVault {
  readonly documents: Map<string, Array<SecretDocument["value"]>>;
  readonly disabled: Set<string>;
  readonly demands: Map<string, number>;
  readonly tokens: Map<string, MemoryIdentity>;
  readonly leases: Set<string>;
  obtain(from: string): string;
}
