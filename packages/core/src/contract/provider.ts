/**
 * The contract between core and a vault.
 *
 * A provider is a recipe for a session; a session reads documents. Core decides
 * when to open, batch, cache, retry and close, so an implementation keeps no
 * state beyond the client it opened. Nothing here can write to a vault.
 */

/** How a vault is reached. Creating one does no work: no I/O, no SDK import. */
export interface Provider {
  /** The contract this was written against. Stamped by `defineProvider`. */
  readonly specVersion: 1;
  /** Names the provider in errors and events, e.g. `"aws"`. */
  readonly name: string;
  /** Environment variables that decide who asks, or whom; a final `*` makes a prefix. */
  readonly envVariables?: readonly string[];
  /** Loads the SDK, finds credentials, proves them, and returns a session. */
  open(context: Context): Promise<Session>;
  /**
   * Reads this vault's own identifiers, e.g. an ARN, for a connection that was made without a plugin: core knows its
   * options then from nowhere else, so `undefined` is also for one that they do not serve. Pure, never throws.
   */
  parseIdentifier?(identifier: string): ParsedIdentifier | undefined;
  /**
   * Which vault this reaches, as far as options, variables and files say: no vault is asked, no SDK loaded. None of it is
   * a credential.
   */
  where?(context: Pick<Context, "env" | "signal">): Promise<VaultLocation>;
}

/** Which vault a provider reaches, as `status`, `explain` and `doctor` show it before anybody signs in. */
export interface VaultLocation {
  /** What tells the vault from others, the most telling first. */
  readonly facts: readonly WhereFact[];
  /** The address that requests go to, http or https: `doctor` tries the way there. @default the fact `address` */
  readonly address?: string | undefined;
  /** File of certificates that are trusted instead of the usual ones. */
  readonly caFile?: string | undefined;
}

/** One thing that says which vault it is. */
export interface WhereFact {
  /** What it is, e.g. `"address"` or `"region"`. */
  readonly what: string;
  readonly value: string;
  /** The environment variable it comes from, where no option says it. */
  readonly variable?: string;
}

/** An authenticated client. Exists only between `open` and `close`. */
export interface Session {
  /** Who the vault says we are: printable, not secret. Absent means unknown. */
  readonly identity?: string;
  /**
   * Roles, policies or groups the vault grants that identity, if it says so for free. They tell who administers a
   * team-managed connection, where its policy says that the vault decides (`proof: "vault"`).
   */
  readonly roles?: readonly string[];
  /** When the credentials expire, in ms since the epoch. Core renews or reopens before then. */
  readonly expiresAt?: number;
  /** When to renew, in ms since the epoch, where that is known. @default 80 % of the credentials' life */
  readonly renewAt?: number;
  /** Reads one document, or throws a `SecretError`. */
  read(locator: Locator, context: Context): Promise<SecretDocument>;
  /** Reads several in one round trip: one outcome per locator, in order. */
  readMany?(
    locators: readonly Locator[],
    context: Context,
  ): Promise<ReadonlyArray<PromiseSettledResult<SecretDocument>>>;
  /** The most locators one `readMany` may carry; core splits longer lists. */
  readonly maxBatch?: number;
  /**
   * The most calls this session is good for at a time, e.g. where it does one after another, or the vault's quota is small:
   * core lets further ones wait, and their time begins when they are sent. @default as many as the vault bears
   */
  readonly maxConcurrency?: number;
  /**
   * The id of the current version, found without the value, as cheaply as the vault allows. Throws `unusable` with the
   * reason `versions` for a document of which the vault keeps none.
   */
  version?(locator: Locator, context: Context): Promise<string>;
  /** Lists what can be linked: metadata only, never a value. */
  list?(query: ListQuery, context: Context): AsyncIterable<ListEntry>;
  /**
   * Extends the credentials without a person; says when they now expire, and whose they are where that may have changed.
   * A number alone says that they are the same identity's. The session must not read with new credentials before it
   * knows whose they are: core drops another identity's values before anybody reads, not before this answers.
   *
   * A session that needed a person is renewed as long as that moves the lapse by a second or more, whether anybody reads
   * or not. Any other is renewed only if something was read since the last time: unused, it is let lapse, and the next
   * read opens it again.
   */
  renew?(context: Context): Promise<number | Renewal>;
  /** Ends a lease that one of our reads created. */
  release?(lease: string, context: Context): Promise<void>;
  /**
   * How many requests this session has sent so far, those of `open` included: offered where the vault counts them against
   * a quota. Answers at once, also after `close`.
   */
  requests?(): number;
  /** Ends the credentials at the vault. Offered only if `open` itself obtained them. */
  revoke?(context: Context): Promise<void>;
  /** Releases sockets, timers and workers. Called once, after the last call. */
  close?(): Promise<void>;
}

/** What a renewal brought. */
export interface Renewal {
  /** When the credentials now expire, in ms since the epoch; absent where that is unknown. */
  readonly expiresAt?: number;
  /** When to renew next, in ms since the epoch, where that is known. @default 80 % of the credentials' life */
  readonly renewAt?: number;
  /** Who the vault says we are now. Absent means unknown, which is like no other. */
  readonly identity?: string;
}

/** Where a document lives within one vault. */
export interface Locator {
  /** Decoded, without a leading slash or dot segments, e.g. `"prod/db"`. */
  readonly path: string;
  /** Qualifiers only this vault understands, e.g. `{ version: "3" }`. */
  readonly query: Readonly<Record<string, string>>;
}

/** A parsed identifier. */
export interface ParsedIdentifier {
  readonly locator: Locator;
  /** The field it names, if it goes that deep. */
  readonly field?: string;
  /** Option values a connection must have to serve it, e.g. `{ region: "eu-west-1" }`. */
  readonly where?: Readonly<Record<string, string>>;
}

/** What one read returns, and what the cache holds. */
export interface SecretDocument {
  /** Text, bytes, or named fields: whichever the vault stores. */
  readonly value: string | Uint8Array | Readonly<Record<string, unknown>>;
  /** The vault's own name of what was read, the same for every spelling of it, e.g. an ARN. Not secret. */
  readonly id?: string;
  /** The vault's own version id, if it has one. */
  readonly version?: string;
  /** When the value itself expires, in ms since the epoch; not in the future means: do not keep. */
  readonly expiresAt?: number;
  /** The id of the lease this read created, if the vault makes secrets on demand. */
  readonly lease?: string;
}

/** What to list. */
export interface ListQuery {
  /** Only what begins so; `""` is the top. */
  readonly prefix: string;
}

/** One thing that can be linked, or a folder of them. */
export interface ListEntry {
  /** What to read, or the prefix to list next. */
  readonly locator: Locator;
  /** Whether it holds further entries instead of a document. */
  readonly folder?: boolean;
  /** A folder whose entries are the fields of one secret: listing it costs the vault a request that reads that secret. */
  readonly holdsFields?: boolean;
  /** What a person calls it, where its path has an id instead of its name. */
  readonly title?: string;
  /** When it last changed, in ms since the epoch. */
  readonly updatedAt?: number;
  /** Absent means usable. */
  readonly state?: "disabled" | "deleted";
  /** What its owner marked it with, by key; none is `{}`. Absent where the vault's listing tells no tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What core passes to a provider for one call. */
export interface Context {
  /** Aborts on deadline, cancellation or shutdown. */
  readonly signal: AbortSignal;
  /** When the call must have ended, in ms since the epoch. `signal` aborts then; a process elsewhere needs the time. */
  readonly deadline?: number;
  /** The variables named in `envVariables`, instead of `process.env`. Nothing else of the environment is in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The caller's whole environment, to be handed to programs started for credentials and read by nothing else. */
  readonly programEnv?: Readonly<Record<string, string | undefined>>;
  /** Only the vault may answer: use nothing remembered, not even where a name pointed. */
  readonly fresh?: boolean;
  /** A person who may be asked. Lent to `open` only, and only while one waits. */
  readonly prompter?: Prompter;
  /**
   * A new sign-in was asked for: with `prompter`, ask the person even where credentials are found in `env`, files or
   * elsewhere; they may be the ones that were refused. Set for `open` only.
   */
  readonly reauthenticate?: true;
}

/** The person at the terminal. */
export interface Prompter {
  /** Asks for one line; `secret` hides what is typed. Rejects if the person declines. */
  ask(question: { readonly label: string; readonly secret: boolean }): Promise<string>;
  /** Opens a page to sign in on: `https`, or `http` on loopback. */
  open(url: string): Promise<void>;
  /** Shows one line the person needs, e.g. a device code. */
  show(text: string): void;
}
