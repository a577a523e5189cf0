import type { SecretError } from "../errors/secret-error.ts";

/** How many documents `FreshReads` and `Spellings` remember. */
const MAX_KEYS = 10_000;

/**
 * The counter that orders reads and resets. A document is served, joined or stored only if its sequence number exceeds
 * that of every reset that covers it. ARCHITECTURE.md explains the counters of the cache, with an example of each race.
 */
export class Generations {
  #last = 0;
  #everything = 0;
  readonly #connections = new Map<string, number>();
  readonly #documents = new Map<string, number>();

  /** The next sequence number. */
  next(): number {
    return ++this.#last;
  }

  /** Invalidates every read numbered so far. */
  resetAll(): void {
    this.#everything = this.next();
    this.#connections.clear();
    this.#documents.clear();
  }

  /** Invalidates the reads of one connection. */
  resetConnection(fingerprint: string): void {
    this.#connections.set(fingerprint, this.next());
  }

  /** Invalidates the reads of one document numbered up to `before`. */
  resetDocument(key: string, before: number): void {
    this.#documents.set(key, Math.max(before, this.#documents.get(key) ?? 0));
  }

  /** The number that a read must exceed to count. */
  floor(fingerprint: string, key: string): number {
    return Math.max(this.#everything, this.#connections.get(fingerprint) ?? 0, this.#documents.get(key) ?? 0);
  }

  /** Forgets a connection that is gone, once no read of it is in flight. */
  forgetConnection(fingerprint: string): void {
    this.#connections.delete(fingerprint);
  }

  /** Forgets a document's resets once no read of it is in flight: nothing older is left to invalidate. */
  forgetDocument(key: string): void {
    this.#documents.delete(key);
  }
}

/**
 * The documents that the vault itself has answered for since the last reset. Providers may cache where a name points;
 * the first read of each document after a reset tells them not to use that.
 */
export class FreshReads {
  #anyReset = false;
  readonly #answered = new Map<string, string>();

  needed(key: string): boolean {
    return this.#anyReset && !this.#answered.has(key);
  }

  answered(key: string, fingerprint: string): void {
    if (!this.#anyReset) return;
    // A forgotten document costs one more fresh read, never a wrong value.
    if (this.#answered.size >= MAX_KEYS) this.#answered.clear();
    this.#answered.set(key, fingerprint);
  }

  resetAll(): void {
    this.#anyReset = true;
    this.#answered.clear();
  }

  resetConnection(fingerprint: string): void {
    this.#anyReset = true;
    for (const [key, of] of this.#answered) if (of === fingerprint) this.#answered.delete(key);
  }

  resetDocument(key: string): void {
    this.#anyReset = true;
    this.#answered.delete(key);
  }
}

/** The newest answer for each document that is being read: several reads of one document may end out of order. */
export class LatestAnswers {
  readonly #documents = new Map<string, number>();
  readonly #refusals = new Map<string, { readonly sentSeq: number; readonly error: SecretError }>();

  /** The number of the newest answer that was a document; 0 for none. */
  documentSeq(key: string): number {
    return this.#documents.get(key) ?? 0;
  }

  setDocument(key: string, sentSeq: number): void {
    this.#documents.set(key, sentSeq);
  }

  /** The refusal of a request that was sent after `sentSeq`. */
  refusalAfter(key: string, sentSeq: number): SecretError | undefined {
    const refusal = this.#refusals.get(key);
    return refusal !== undefined && refusal.sentSeq > sentSeq ? refusal.error : undefined;
  }

  setRefusal(key: string, sentSeq: number, error: SecretError): void {
    if ((this.#refusals.get(key)?.sentSeq ?? 0) < sentSeq) this.#refusals.set(key, { sentSeq, error });
  }

  /** No read of the document is in flight any more. */
  forget(key: string): void {
    this.#documents.delete(key);
    this.#refusals.delete(key);
  }
}

interface Known {
  readonly name: string;
  readonly version: string | undefined;
}

/**
 * Which keys name the same secret, e.g. an ARN and a name, by the id that the vault reports (`SecretDocument.id`).
 * Spellings have entries of their own, since one may name a version and another not, and are dropped together. The ids
 * here include connection and identity, as keys do. Remembers `MAX_KEYS`; the least recently read is forgotten first.
 */
export class Spellings {
  readonly #known = new Map<string, Known>();
  readonly #keys = new Map<string, Set<string>>();
  /** Resets by id, or by key while the id is not known yet: reads sent before are superseded. */
  readonly #resets = new Map<string, number>();

  /** The other keys of the same secret, as far as known. */
  others(key: string): string[] {
    const name = this.#known.get(key)?.name;
    return name === undefined ? [] : [...(this.#keys.get(name) ?? [])].filter((other) => other !== key);
  }

  /**
   * Notes the id and version of what a key read. `changed`: the version differs from that of the key's last read.
   * `early`: the number of a reset of the key that came before its id was known.
   */
  learn(key: string, name: string, version: string | undefined): { readonly changed: boolean; readonly early: number } {
    const before = this.#known.get(key);
    this.#forget(key);
    this.#known.set(key, { name, version });
    const keys = this.#keys.get(name);
    if (keys === undefined) this.#keys.set(name, new Set([key]));
    else keys.add(key);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KEYS && oldest !== undefined) this.#forget(oldest);
    const early = this.#resets.get(key) ?? 0;
    this.#resets.delete(key);
    return { early, changed: before?.name === name && before.version !== version };
  }

  /** Supersedes reads of the secret numbered up to `seq`, under every spelling. */
  reset(key: string, seq: number): void {
    const name = this.#known.get(key)?.name ?? key;
    this.#setReset(name, Math.max(seq, this.#resets.get(name) ?? 0));
  }

  /** The number that a read of the secret must exceed to count. */
  floor(key: string): number {
    const name = this.#known.get(key)?.name;
    return name === undefined ? 0 : (this.#resets.get(name) ?? 0);
  }

  /** Forgets the keys that match, e.g. those of a connection that is gone. */
  forgetWhere(matches: (key: string) => boolean): void {
    for (const key of [...this.#known.keys()]) if (matches(key)) this.#forget(key);
    for (const key of [...this.#resets.keys()]) if (matches(key)) this.#resets.delete(key);
  }

  #setReset(name: string, seq: number): void {
    this.#resets.delete(name);
    this.#resets.set(name, seq);
    const [oldest] = this.#resets.keys();
    if (this.#resets.size > MAX_KEYS && oldest !== undefined) this.#resets.delete(oldest);
  }

  #forget(key: string): void {
    const name = this.#known.get(key)?.name;
    if (name === undefined) return;
    this.#known.delete(key);
    const keys = this.#keys.get(name);
    keys?.delete(key);
    if (keys?.size === 0) this.#keys.delete(name);
  }
}
