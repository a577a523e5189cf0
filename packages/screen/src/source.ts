/** What the window shows, and does when it is asked to. Whoever opens it implements this; it knows neither files nor vaults. */
export interface ScreenSource {
  /** Everything there is to show, without a value. Asks no vault. */
  overview(): Promise<Overview>;
  /** Calls back when something changed, until the signal aborts. Asks no vault. */
  follow(changed: () => void, signal: AbortSignal): void;
  /** What is known of one link, without its value. */
  details(name: string): Promise<readonly Detail[]>;
  /** The value of one link, as text. */
  value(name: string, signal: AbortSignal): Promise<string>;
  /** What a connection has below a prefix; `""` is the top. */
  entries(connection: string, prefix: string, signal: AbortSignal): Promise<readonly Entry[]>;
  /** The fields of a document, by reading it; none where it has none to choose from. Never a value. */
  fields(reference: string, signal: AbortSignal): Promise<readonly Entry[]>;
  /** Reads a reference from its vault, and says what came of it without the value. */
  verify(reference: string, signal: AbortSignal): Promise<Verified>;
  /** Binds a new name. */
  link(name: string, reference: string): Promise<void>;
  /** Gives a name another reference, one that `verify` has read. */
  relink(name: string, reference: string): Promise<void>;
  /** Forgets a name. */
  unlink(name: string): Promise<void>;
  /** Drops kept values; resolves with how many. Without a scope: all. */
  reset(scope?: ResetScope): Promise<number>;
  /** Sets how long values are kept: `45`, `90m`, `2h`; resolves with the minutes. */
  setTtl(text: string): Promise<number>;
  /** Signs in to a connection anew. */
  signIn(connection: string, prompter: ScreenPrompter, signal: AbortSignal): Promise<{ readonly identity?: string }>;
  /** Ends a connection; its links stay, unresolved. */
  disconnect(connection: string): Promise<Ended>;
  /** What was thrown by any of these, as a person may read it. */
  describe(thrown: unknown): Problem;
}

/** What a reset covers. */
export type ResetScope = { readonly connection: string } | { readonly name: string };

/** Everything there is to show at one moment. */
export interface Overview {
  readonly connections: readonly ConnectionRow[];
  readonly links: readonly LinkRow[];
  /** Minutes that values are kept. */
  readonly ttl: number;
  /** Where the links stand, e.g. the path of a file. */
  readonly place: string;
  /** What a person should know besides, a line each. */
  readonly notices: readonly string[];
}

/** How good a state is: a glyph and a colour stand beside its word. */
export type Mood = "good" | "idle" | "busy" | "bad";

export interface ConnectionRow {
  readonly name: string;
  readonly provider: string;
  readonly mood: Mood;
  /** The state in a word or two. */
  readonly state: string;
  /** Who the vault says we are. */
  readonly identity?: string;
  /** When the credentials expire, in ms since the epoch, if known. */
  readonly expiresAt?: number;
  /** Requests in the last hour and day, where the vault counts them against a quota. */
  readonly calls?: string;
  /** What helps, where something is needed. */
  readonly hint?: string;
}

export interface LinkRow {
  readonly name: string;
  readonly mood: Mood;
  /** The state in a word or two. */
  readonly state: string;
  /** Absent where the reference does not say it. */
  readonly connection?: string;
  readonly reference?: string;
  readonly version?: string;
  /** Age of the kept value, in ms. */
  readonly ageMs?: number;
  /** When the kept value expires, in ms from the overview. */
  readonly expiresInMs?: number;
  /** How often the vault was read for it, if that is known. */
  readonly reads?: number;
  /** What helps, where something is needed. */
  readonly hint?: string;
}

/** One line about a link: a word and what it says. */
export interface Detail {
  readonly label: string;
  readonly text: string;
}

/** Something that can be linked, or a folder of such. */
export interface Entry {
  /** Its name below the prefix. */
  readonly label: string;
  /** What to link. Absent for a folder. */
  readonly reference?: string;
  /** The prefix to list next. Absent for what can be linked. */
  readonly prefix?: string;
}

/** What reading a reference found, without the value. */
export interface Verified {
  readonly version?: string;
}

/** What a disconnect did. */
export interface Ended {
  /** Values dropped. */
  readonly dropped: number;
  /** What became of the credentials at the vault, in words. */
  readonly remote: string;
}

/** What failed, and what helps. */
export interface Problem {
  readonly message: string;
  readonly hint?: string;
  /** The connection that wants to be signed in to, if that is what helps. */
  readonly signIn?: string;
}

/** The person at the window. Each question rejects if they decline. */
export interface ScreenPrompter {
  ask(question: { readonly label: string; readonly secret: boolean }): Promise<string>;
  open(url: string): Promise<void>;
  show(text: string): void;
}
