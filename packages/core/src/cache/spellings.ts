/** How many keys are remembered; the least recently read is forgotten first. */
const MAX_KEYS = 10_000;

interface Known {
  readonly name: string;
  readonly version: string | undefined;
}

/**
 * Which keys name the same secret, e.g. an ARN and a name, by the id that the vault reports (`SecretDocument.id`).
 * Spellings have entries of their own, since one may name a version and another not, and are dropped together. The ids
 * here include connection and identity, as keys do.
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
