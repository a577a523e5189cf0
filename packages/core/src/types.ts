import type { CacheOptions, Limits } from "./cache-options.ts";
import type { Access } from "./access.ts";
import type { Clock } from "./time/clock.ts";
import type { Plugin } from "./contract/plugin.ts";
import type { ListEntry, ListQuery, Prompter, Provider } from "./contract/provider.ts";
import type { SecretValue } from "./secret-value.ts";
import type { LinkChange, RotatingOptions, ValuesOf, Watch, WatchOptions } from "./value-changes.ts";
import type { VaultStatus } from "./vault-status.ts";

/** Environment variables, as `process.env` holds them. */
export type Env = Readonly<Record<string, string | undefined>>;

/** What `createVault` needs to know. */
export interface VaultOptions {
  /** Connections by name; the name is the scheme of the references that use it. */
  readonly connections: Readonly<Record<string, Provider | ConnectionDefinition>>;
  /** Links by name. Their shape is that of the `links` in `vaultlink.json`. */
  readonly links?: Readonly<Record<string, LinkDefinition>>;
  /** The environment providers may see, each only the variables it declares: `process.env`, or `{}` for none. */
  readonly env: Env;
  readonly cache?: CacheOptions;
  /**
   * Is told of each value that is given, and of each that is refused: who keeps an audit log of who read what. What it
   * throws fails the call, so that nothing is given unrecorded. It is called at once, and must not take long.
   */
  readonly onAccess?: (access: Access) => void;
  readonly limits?: Limits;
  /** The time. A test that fakes the timers hands in its own. @default the machine's clock, which fake timers do not move */
  readonly clock?: Clock;
  /** Numbers in [0, 1) for back-off and jitter. @default Math.random */
  readonly random?: () => number;
}

/** A connection as configuration has it: the provider's package is loaded when it is first used. */
export interface ConnectionDefinition {
  /** What configuration calls the provider, e.g. `"hashicorp"`. */
  readonly provider: string;
  /** Imports the provider's plugin. */
  readonly load: () => Promise<Plugin>;
  /** What the plugin's schema validates. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Tells one edition of the provider's code from another, e.g. a hash: with another it is another connection. */
  readonly revision?: string;
  /**
   * Called before the plugin is asked to parse an identifier; resolves once it can. For a plugin that runs elsewhere,
   * and can answer at once only what it was told before.
   */
  readonly prepareIdentifier?: (identifier: string) => Promise<void>;
  /** A login given by a person ends after this many minutes. @default as long as the vault says */
  readonly maxSession?: number;
  /** Was disconnected by its user: stays so until `reauthenticate`. */
  readonly disconnected?: boolean;
  /** Roles at the vault: a session needs one for `disconnect`, or gets `forbidden`. @default anybody may disconnect it */
  readonly admins?: readonly string[];
}

/** What a name stands for: a reference, nothing yet (`null`), or a reference with settings. */
export type LinkDefinition = string | null | LinkRecord;

export interface LinkRecord {
  readonly reference: string | null;
  /** Whether `run` may start without it. @default true */
  readonly required?: boolean;
  /** @default true */
  readonly enabled?: boolean;
  /** Hosts the value may be sent to; empty means any. */
  readonly allowedDomains?: readonly string[];
}

/** How one `get` may differ from the others. */
export interface GetOptions {
  /** Gives up waiting. The read goes on only while somebody else waits for it. */
  readonly signal?: AbortSignal;
  /** Only what the vault says from now on. */
  readonly refresh?: boolean;
  /** Refuses a stale value although `cache.staleOnError` allows it. @default true */
  readonly allowStale?: boolean;
  /** Ms for this call. @default `limits.deadlineMs` */
  readonly deadlineMs?: number;
  /** The caller's environment instead of the vault's: other credentials make another session, with values of its own. */
  readonly env?: Env;
}

/** How `use` reads the value, and which failures it takes for a refused login. */
export interface UseOptions extends Pick<GetOptions, "signal" | "deadlineMs" | "env" | "allowStale"> {
  /**
   * Whether what `fn` threw says that the value was refused as a login: `isPostgresLoginFailure`, `isMysqlLoginFailure`,
   * `isRedisLoginFailure`, or one of your own. @default `isHttpLoginFailure`: HTTP status 401
   */
  readonly isLoginFailure?: (error: unknown) => boolean;
}

/** What bounds one listing. */
export interface ListOptions extends Pick<GetOptions, "signal" | "env"> {
  /** Ms that may be spent waiting for the vault; the caller's own time between entries does not count. @default `limits.deadlineMs` */
  readonly deadlineMs?: number;
}

/** The names behind which a view has the connections of its vault, and who is told of what they give. @default that of its vault */
export type ViewOptions = Pick<VaultOptions, "connections" | "links" | "onAccess">;

export interface OpenOptions {
  /** A person who may be asked. Without one, opening never prompts. */
  readonly prompter?: Prompter;
  /**
   * Takes credentials that are found in the environment or elsewhere before it asks, as for a first sign-in.
   * @default false: with `prompter`, a new sign-in asks the person
   */
  readonly useFound?: boolean;
  /**
   * Credentials a person gave, as options of the provider; they are used for this opening and kept nowhere. Throws
   * `invalid_config` for an option that is no credential, or on a provider that was passed by hand.
   */
  readonly credentials?: Readonly<Record<string, unknown>> | undefined;
  readonly signal?: AbortSignal;
  readonly env?: Env;
}

/** What a reset covers: everything, one connection, or the document behind one name or reference. */
export type ResetScope = { readonly connection: string } | { readonly name: string };

/** How a vault is closed. */
export interface CloseOptions {
  /**
   * What becomes of credentials that the vault made on demand, and of those they hang on: `"leave"` lets them live until
   * they lapse by themselves, for a program whose values outlive it. @default "end"
   */
  readonly leases?: "end" | "leave";
}

/** What a disconnect did. */
export interface Disconnected {
  /** Names that are unresolved from now on. */
  readonly names: readonly string[];
  /** Values dropped from the cache. */
  readonly dropped: number;
  /** What became of the credentials at the vault. */
  readonly remote: "revoked" | "not-revoked" | "nothing-to-revoke";
  /** When credentials that could not be revoked expire, in ms since the epoch, if known. */
  readonly expiresAt?: number;
}

/** Everything one user has linked. Every failure is a `SecretError`. */
export interface Vault extends AsyncDisposable {
  /** The value of one link, or of a reference: from the cache if fresh, else by one read of the document. */
  get(name: string, options?: GetOptions): Promise<SecretValue>;
  /**
   * One outcome per name, in order; names that share a document cost one read and get its values from one, so that a user's
   * name never meets another user's password. One failure touches no neighbour.
   */
  getMany(names: readonly string[], options?: GetOptions): Promise<Array<PromiseSettledResult<SecretValue>>>;
  /**
   * Calls `fn` with the value of a name, or with those of several, e.g. user name and password. If it fails because the
   * login was refused (`isLoginFailure`), reads the document again, once for all who failed with the same value, and calls
   * `fn` once more if the value is another; `fn` must be safe to repeat. Rejects with what `fn` threw. While new
   * values are refused too, they are fetched three times in ten seconds at most.
   */
  use<const Names extends string | readonly string[], Result>(
    names: Names,
    fn: (value: ValuesOf<Names>) => Result | Promise<Result>,
    options?: UseOptions,
  ): Promise<Result>;
  /**
   * Calls `apply` with the value of a name, or with those of several, and again with each new one, one call at a time, the
   * newest last: for pools that take over a new password without a restart. The vault is asked for versions only; a value
   * that it made with a lease is replaced when two thirds of the lease are over, and the old one stays valid until its
   * end. Resolves once the first values are applied; rejects if they cannot be read or applied.
   */
  rotating<const Names extends string | readonly string[]>(
    names: Names,
    apply: (value: ValuesOf<Names>) => void | Promise<void>,
    options?: RotatingOptions,
  ): Promise<Watch>;
  /**
   * Calls `fn` when a name has a new version, resolves no longer, or does again; never with a value. The vault is asked for
   * the version only, and for the value once that is new. Where it tells no versions, a change shows when the value has
   * expired in the cache and is read again; where it makes a value for each read, when somebody has read another one.
   */
  watch(name: string, fn: (change: LinkChange) => void | Promise<void>, options?: WatchOptions): Watch;
  /**
   * The name of the connection that a link or a reference leads to, disabled or disconnected as it may be. Loads plugins
   * where only they can read it; asks no vault. Throws `unresolved` where it leads nowhere.
   */
  connectionOf(name: string, options?: Pick<GetOptions, "deadlineMs" | "signal">): Promise<string>;
  /**
   * What a connection offers to link, as its vault names it: metadata only, never a value. An entry is a document, or a
   * folder, whose path is the `prefix` to list next. Opens the connection as `get` does. Entries come as they arrive;
   * leaving the loop ends the listing. Throws `denied` where the permission to list is missing, and `unusable` with the
   * reason `not-listed` where the provider lists nothing.
   */
  list(connection: string, query?: Partial<ListQuery>, options?: ListOptions): AsyncIterable<ListEntry>;
  /** Binds a new name. Throws `invalid_config` for a name that exists. Reads nothing. */
  link(name: string, link: LinkDefinition): void;
  /** Points a name elsewhere, once the new reference was read (`verify: false` skips that). A failure changes nothing. */
  relink(name: string, reference: string, options?: GetOptions & { readonly verify?: boolean }): Promise<void>;
  /** Forgets a name. Throws `unresolved` for one that does not exist. */
  unlink(name: string): void;
  /**
   * Drops cached values, at once and without network; a read that is under way is not kept. Returns how many went. Of a
   * name of a vault's own identifier it drops what is kept once it is known where that leads, e.g. by `connectionOf`.
   */
  reset(scope?: ResetScope): number;
  /** Opens a connection anew. The session before serves until then, and stays if this fails. */
  reauthenticate(connection: string, options?: OpenOptions): Promise<{ readonly identity?: string }>;
  /** Ends a connection's sessions and drops its values; its links stay, unresolved. Works offline. May be `forbidden`. */
  disconnect(connection: string): Promise<Disconnected>;
  /** Minutes a value is kept from now on: `45`, `"90m"`, `"2h"`, `0`. Lowering acts at once. */
  setTtl(ttl: number | string): void;
  /** Ends a connection's own credentials and drops its values. The next read may open it again. Works offline. */
  logout(connection: string): Promise<Disconnected>;
  /** The environment variables a connection may see; loads its provider's package. */
  envVariables(connection: string): Promise<readonly string[]>;
  /**
   * The same sessions and the same cache behind other connections and links. A connection of one name and one definition
   * is the same in every view. Closing a view ends the connections that no other view has.
   */
  view(options: ViewOptions): Vault;
  /** The state of every connection and link, as an environment sees them. No network, no values. */
  status(options?: { readonly env?: Env }): VaultStatus;
  /** Ends everything; waiting calls reject with `aborted`. */
  close(options?: CloseOptions): Promise<void>;
}
