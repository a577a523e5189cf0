/** Names of documents that are remembered, least recently learnt first to go. */
const MAX_KEYS = 10_000;

interface Known {
  readonly name: string;
  readonly version: string | undefined;
}

/**
 * Which keys are spellings of one secret, told by the vault's own name of what was read. Spellings are kept apart, since
 * one may name a version and another not, and dropped together. Names hold connection and identity, as keys do.
 */
export class Spellings {
  readonly #known = new Map<string, Known>();
  readonly #keys = new Map<string, Set<string>>();
  /** Resets of secrets by name, and of keys whose name is not known yet: what was sent before is superseded. */
  readonly #resets = new Map<string, number>();

  /** The other keys of the same secret, as far as known. */
  others(key: string): string[] {
    const name = this.#known.get(key)?.name;
    return name === undefined ? [] : [...(this.#keys.get(name) ?? [])].filter((other) => other !== key);
  }

  /**
   * Notes what a document of a key says. `changed`: the secret has, since the key was read before. `early`: the number of a
   * reset of the key that came before anybody knew which secret it is.
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

  /** What was sent of the secret until `seq` is superseded, under whatever spelling. */
  reset(key: string, seq: number): void {
    const name = this.#known.get(key)?.name ?? key;
    this.#nextSequence(name, Math.max(seq, this.#resets.get(name) ?? 0));
  }

  /** The number a read of the secret must exceed to be of use. */
  floor(key: string): number {
    const name = this.#known.get(key)?.name;
    return name === undefined ? 0 : (this.#resets.get(name) ?? 0);
  }

  /** Forgets every key that begins so, e.g. those of a connection that is gone. */
  forgetWhere(goes: (key: string) => boolean): void {
    for (const key of [...this.#known.keys()]) if (goes(key)) this.#forget(key);
    for (const key of [...this.#resets.keys()]) if (goes(key)) this.#resets.delete(key);
  }

  #nextSequence(name: string, seq: number): void {
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
