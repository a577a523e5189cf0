import type { Answer, ConnectionName, Setting } from "./commands.ts";
import type { Identity, Remote } from "./remote.ts";

/** What the model knows of one connection under one environment. */
interface Known {
  /** Who is signed in; `undefined` for nobody. */
  session: { readonly identity: Identity; readonly byPerson: boolean; isLapsed: boolean } | undefined;
  /** A session that a person opened has expired: nobody else may open the next. */
  needsPerson: boolean;
  /** Whose values are kept. */
  holder: Identity | undefined;
  readonly entries: Map<string, Entry>;
}

interface Entry {
  readonly version: number;
  readonly readMs: number;
  readonly ttlMs: number;
  isExpired: boolean;
}

/** What one caller may be given for one name: a value, or the code of a failure. */
export type Outcome = { readonly text: string } | { readonly code: string };

/** What must come of a request: its outcomes in order, or the code with which it fails as a whole. */
export interface Expected {
  readonly outcomes: readonly Outcome[] | { readonly code: string };
  readonly logins: readonly string[];
  readonly reads: readonly string[];
  /** How often the person is asked. */
  readonly prompts: number;
}

/** Who asks: the identity of the token in the environment, and what tells this environment from others. */
export interface Asking {
  readonly env: string;
  readonly identity: Identity | undefined;
  /** What the person answers; `undefined` where none is there. */
  readonly answer: Answer | undefined;
  readonly refresh: boolean;
}

const CODE_OF: Readonly<Record<Exclude<Answer, "right">, string>> = { wrong: "unauthenticated", declined: "aborted" };

/** The model: what an agent must answer, and what it may ask of the vaults for that. */
export class Model {
  ttlMs: number;
  readonly disconnected: Set<ConnectionName> = new Set();
  readonly #known = new Map<string, Known>();
  readonly #remote: Remote;
  readonly #now: () => number;

  constructor({ ttlMinutes }: Setting, remote: Remote, now: () => number) {
    this.ttlMs = ttlMinutes * 60_000;
    this.#remote = remote;
    this.#now = now;
  }

  of(connection: ConnectionName, env: string): Known {
    const key = `${connection} ${env}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      known = { session: undefined, needsPerson: false, holder: undefined, entries: new Map() };
      this.#known.set(key, known);
    }
    return known;
  }

  /** Somebody is signed in from now on: what another identity has read is gone. */
  signedIn(connection: ConnectionName, env: string, identity: Identity, byPerson: boolean): void {
    const known = this.of(connection, env);
    if (known.holder !== identity) known.entries.clear();
    Object.assign(known, { holder: identity, needsPerson: false, session: { identity, byPerson, isLapsed: false } });
  }

  /** Every session of a connection ends, and what it has read is gone. */
  ended(connection: ConnectionName): void {
    for (const key of this.#known.keys()) if (key.startsWith(`${connection} `)) this.#known.delete(key);
  }

  lapsed(connection: ConnectionName): void {
    for (const [key, { session }] of this.#known) {
      if (session !== undefined && key.startsWith(`${connection} `)) session.isLapsed = true;
    }
  }

  /** Drops what was read of the documents that `matches`. */
  reset(matches: (document: string) => boolean): void {
    for (const { entries } of this.#known.values()) {
      for (const document of entries.keys()) if (matches(document)) entries.delete(document);
    }
  }

  /** A TTL counts from now on; what has expired stays so. */
  setTtl(ttlMs: number): void {
    for (const { entries } of this.#known.values()) {
      for (const entry of entries.values()) {
        entry.isExpired ||= !this.#isFresh(entry) || this.#now() - entry.readMs >= ttlMs;
      }
    }
    this.ttlMs = ttlMs;
  }

  /** The agent's process ends, and with it all it had. */
  restarted(): void {
    this.#known.clear();
  }

  /** What comes of asking for the documents behind some names; the model goes on as if it had. */
  resolve(documents: readonly string[], asking: Asking): Expected {
    const made = { logins: [] as string[], reads: [] as string[], prompts: 0 };
    const outcomes = new Map<string, Outcome>();
    const wanted = new Map<ConnectionName, string[]>();
    for (const document of new Set(documents)) {
      const connection = connectionOf(document);
      wanted.set(connection, [...(wanted.get(connection) ?? []), document]);
    }
    const needing = [...wanted].filter(([connection, of]) => !this.#read({ connection, of, asking, made, outcomes }));
    for (const [connection, of] of needing) {
      const { answer } = asking;
      if (answer === undefined) continue;
      made.prompts++;
      if (answer !== "right") return { ...made, outcomes: { code: CODE_OF[answer] } };
      made.logins.push(`${connection} cyd`);
      this.signedIn(connection, asking.env, "cyd", true);
      const left = of.filter((document) => "code" in (outcomes.get(document) ?? { code: "" }));
      this.#read({ connection, of: left, asking, made, outcomes });
    }
    return { ...made, outcomes: documents.map((document) => outcomes.get(document) ?? { code: "internal" }) };
  }

  /** Reads some documents of one connection; `false` if somebody has to sign in first. */
  #read(about: {
    readonly connection: ConnectionName;
    readonly of: readonly string[];
    readonly asking: Asking;
    readonly made: { readonly logins: string[]; readonly reads: string[] };
    readonly outcomes: Map<string, Outcome>;
  }): boolean {
    const { asking, connection, made, of, outcomes } = about;
    const { env, identity, refresh } = asking;
    if (this.disconnected.has(connection)) {
      for (const document of of) outcomes.set(document, { code: "unresolved" });
      return true;
    }
    const login = (): boolean => {
      const known = this.of(connection, env);
      if (identity === undefined || known.needsPerson) return false;
      made.logins.push(`${connection} ${identity}`);
      this.signedIn(connection, env, identity, false);
      return true;
    };
    let isSignedIn = this.of(connection, env).session !== undefined || login();
    let isAsked = false;
    for (const document of isSignedIn ? of : []) {
      const { entries, session } = this.of(connection, env);
      const entry = entries.get(document);
      if (session === undefined) break;
      if (entry !== undefined && !refresh && this.#isFresh(entry)) {
        outcomes.set(document, { text: this.#remote.textOf(document, session.identity, entry.version) });
      } else isAsked = true;
    }
    if (isSignedIn && isAsked && this.of(connection, env).session?.isLapsed === true) {
      const known = this.of(connection, env);
      known.needsPerson = known.session?.byPerson === true;
      known.session = undefined;
      isSignedIn = login();
    }
    for (const document of of) {
      const { entries, session } = this.of(connection, env);
      if (outcomes.has(document) && "text" in (outcomes.get(document) ?? {})) continue;
      if (!isSignedIn || session === undefined) {
        outcomes.set(document, { code: "unauthenticated" });
        continue;
      }
      made.reads.push(`${document} ${session.identity}`);
      const version = this.#remote.versionOf(document);
      entries.set(document, { version, readMs: this.#now(), ttlMs: this.ttlMs, isExpired: false });
      outcomes.set(document, { text: this.#remote.textOf(document, session.identity, version) });
    }
    return isSignedIn;
  }

  #isFresh({ isExpired, readMs, ttlMs }: Entry): boolean {
    return !isExpired && this.#now() - readMs < Math.min(this.ttlMs, ttlMs);
  }
}

export const connectionOf = (document: string): ConnectionName => document.slice(0, 1) as ConnectionName;
