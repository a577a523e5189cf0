import type { CacheOptions, ConnectionDefinition, LinkDefinition } from "@vaultlink/core";

/** Where a command runs, as far as configuration depends on it. Its client says so; paths are absolute. */
export interface CommandPlace {
  readonly cwd: string;
  /** The home directory. */
  readonly home: string;
  /** Those of the client's variables that say where configuration is. */
  readonly env: Readonly<Record<string, string>>;
}

/** A name that is to be resolved, or why it may not be. */
export interface Selected {
  readonly name: string;
  /** Whether a `run` may start without it. */
  readonly required: boolean;
  /** A `SecretError`. */
  readonly error?: unknown;
}

/** What a client wants resolved. */
export interface Selection {
  /** Names and references; `undefined` for every link. */
  readonly names: readonly string[] | undefined;
  /** `"run"`: for the environment of a program. */
  readonly purpose: "get" | "run";
  /** Also links that are for certain domains only. */
  readonly anyDomain: boolean;
}

/** What the files of a place say. */
export interface Configuration {
  /** Files and folders it depends on, whether they are there or not: a change of any is a change of it. */
  readonly files: readonly string[];
  /**
   * What else it depends on, as that is now, e.g. the code of providers: another answer than before means that the
   * configuration is read again.
   */
  state?(): Promise<string>;
  /** Whose settings these are, e.g. the path of the user's file: each has a cache of its own. */
  readonly owner: string;
  /** Whether this user wants an agent at all. */
  readonly isWanted: boolean;
  readonly connections: Readonly<Record<string, ConnectionDefinition>>;
  readonly links: Readonly<Record<string, LinkDefinition>>;
  readonly cache: CacheOptions;
  /** The file that notes who read what, if one does: an absolute path. */
  readonly auditFile?: string;
  /** Lines for the person at the client. */
  readonly notices: readonly string[];
  /** What is to be resolved, in order. */
  select(selection: Selection): readonly Selected[];
  /** Says of a failure what only the files know, e.g. that a project is not trusted yet. */
  explain(error: unknown, name: string): unknown;
}

/** A connection that a client is about to write into the user's configuration. */
export interface Proposal {
  readonly provider: string;
  readonly maxSession?: number;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Reads configuration for the agent, which knows neither files nor providers. */
export interface ConfigurationSource {
  /** Throws `invalid_config` for a file that cannot be used. */
  load(place: CommandPlace): Promise<Configuration>;
  /** The definition of a proposed connection, equal to that of the configuration that will hold it. */
  define(connection: string, proposal: Proposal, place: CommandPlace): Promise<ConnectionDefinition>;
  /** Variables of the client that programs which give credentials need besides those a provider declares. */
  readonly programVariables: readonly string[];
}
