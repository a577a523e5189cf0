const MAX_KEYS = 10_000;

/**
 * Which documents the vault itself has answered for since the last reset. Providers may remember where a name points;
 * after a reset the first read of each document tells them to forget.
 */
export class FreshReads {
  #resetSeen = false;
  readonly #answered = new Map<string, string>();

  needed(key: string): boolean {
    return this.#resetSeen && !this.#answered.has(key);
  }

  answered(key: string, fingerprint: string): void {
    if (!this.#resetSeen) return;
    // Forgetting costs one fresh read more, never a wrong value.
    if (this.#answered.size >= MAX_KEYS) this.#answered.clear();
    this.#answered.set(key, fingerprint);
  }

  resetAll(): void {
    this.#resetSeen = true;
    this.#answered.clear();
  }

  resetConnection(fingerprint: string): void {
    this.#resetSeen = true;
    for (const [key, of] of this.#answered) if (of === fingerprint) this.#answered.delete(key);
  }

  resetDocument(key: string): void {
    this.#resetSeen = true;
    this.#answered.delete(key);
  }
}
