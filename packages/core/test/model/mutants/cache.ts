import type { Mutant } from "./mutant.ts";

const CACHE = "cache/cache.ts";
const AGE = "cache/ttl.ts";

/** Mistakes about what is kept, for how long, and who may join a read. */
export const cacheMutants: readonly Mutant[] = [
  {
    name: "join-old",
    edits: [
      {
        file: "cache/in-flight.ts",
        from: "return ageMs(this.#started, now) < Math.max(ttlMs, MIN_JOIN_MS);",
        to: "return true;",
      },
    ],
  },
  {
    name: "no-single-flight",
    edits: [
      {
        file: CACHE,
        from: "present !== undefined && this.#mayJoin(present, minSequence)",
        to: "present && minSequence < 0",
      },
    ],
  },
  {
    name: "no-generation",
    edits: [
      {
        file: CACHE,
        from: "return seq <= Math.max(this.#generations.floor(fingerprint, key), this.#spellings.floor(key));",
        to: "return false;",
      },
    ],
  },
  {
    name: "no-reset-mark",
    edits: [{ file: CACHE, from: "    this.#generations.resetAll();\n", to: "" }],
  },
  {
    name: "no-connection-check",
    edits: [
      { file: CACHE, from: "      read.cancel(error);\n    }\n    return dropped;", to: "    }\n    return dropped;" },
    ],
  },
  {
    name: "refresh-joins-older",
    edits: [{ file: CACHE, from: "read.signal.aborted || read.seq <= minSequence || ", to: "read.signal.aborted || " }],
  },
  {
    name: "stale-on-403",
    edits: [
      { file: "errors/codes.ts", from: "denied: row(77, { purge: true })", to: "denied: row(77, { stale: true })" },
    ],
  },
  {
    name: "stale-after-404",
    edits: [
      {
        file: "errors/codes.ts",
        from: "not_found: row(66, { remember: true, purge: true })",
        to: "not_found: row(66, { remember: true })",
      },
    ],
  },
  {
    name: "stale-unbounded",
    edits: [
      {
        file: AGE,
        from: "return staleForMs(entry, ttlMs, staleMs, now) > 0;",
        to: "return staleMs > 0;",
      },
    ],
  },
  {
    name: "stale-unmarked",
    edits: [
      {
        file: "resolver/resolver.ts",
        from: 'return this.#value(target, stale, { source: "stale", cause: code });',
        to: 'return this.#value(target, stale, { source: "cache" });',
      },
    ],
  },
  {
    name: "stale-renews-age",
    edits: [
      {
        file: "resolver/resolver.ts",
        from: "    if (stale === undefined) throw error;\n",
        to: "    if (stale === undefined) throw error;\n    Object.assign(stale, { sent: this.#now.instant() });\n",
      },
    ],
  },
  {
    name: "ttl-raise-resurrects",
    edits: [
      {
        file: AGE,
        from: "  return ageMs(entry.sent, now) < Math.min(ttlMs, entry.ttlMs);",
        to: "  return ageMs(entry.sent, now) < ttlMs;",
      },
    ],
  },
  {
    name: "ttl-lower-waits",
    edits: [
      {
        file: AGE,
        from: "  return ageMs(entry.sent, now) < Math.min(ttlMs, entry.ttlMs);",
        to: "  return ageMs(entry.sent, now) < entry.ttlMs;",
      },
    ],
  },
  {
    name: "ttl-lower-keeps-stale",
    edits: [
      {
        file: "cache/store.ts",
        from: "if (lowered) this.#store.dropWhere",
        to: "if (!lowered) this.#store.dropWhere",
      },
    ],
  },
  {
    name: "spellings-kept-by-reset",
    edits: [
      {
        file: CACHE,
        from: "for (const one of this.spellings(key)) count += this.#drop(one, before);",
        to: "count += this.#drop(key, before);",
      },
    ],
  },
  {
    name: "wall-only-clock",
    edits: [
      {
        file: AGE,
        from: "return Math.max(0, epochMs, now.uptimeMs - sent.uptimeMs, now.monotonicMs - sent.monotonicMs);",
        to: "return Math.max(0, epochMs);",
      },
    ],
  },
  {
    name: "monotonic-only-clock",
    edits: [
      {
        file: AGE,
        from: "return Math.max(0, epochMs, now.uptimeMs - sent.uptimeMs, now.monotonicMs - sent.monotonicMs);",
        to: "return now.monotonicMs - sent.monotonicMs;",
      },
    ],
  },
  {
    name: "uptime-never-sampled",
    edits: [
      {
        file: "time/clock.ts",
        from: "if (uptimeMs - monotonicMs >= this.#offset + UP_STEP_MS)",
        to: "if (this.#offset === -Infinity)",
      },
    ],
  },
  {
    name: "clock-reused-too-long",
    edits: [{ file: "time/clock.ts", from: "if (epochMs === this.epochMs && this.#reuses", to: "if (this.#reuses" }],
  },
  {
    name: "dropped-entry-found",
    edits: [{ file: "cache/lru-store.ts", from: "    this.#entry?.wipe();\n    this.#entry = undefined;\n", to: "" }],
  },
  {
    name: "negative-renewed",
    edits: [
      {
        file: "cache/negative-cache.ts",
        from: "      const { code, details, message } = refusal.error;\n",
        to: "      const { code, details, message } = refusal.error;\n      this.#entries.set(key, { ...refusal, at: { uptimeMs: now.uptimeMs, monotonicMs: now.monotonicMs, epochMs: now.epochMs } });\n",
      },
    ],
  },
  {
    name: "negative-survives-reset",
    edits: [{ file: CACHE, from: "    this.#negative.clear();\n    return", to: "    return" }],
  },
  {
    name: "evicted-buffer-aliases",
    edits: [
      {
        file: "reference/select.ts",
        from: "if (value instanceof Uint8Array) return Uint8Array.from(value);",
        to: "if (value instanceof Uint8Array) return value;",
      },
    ],
  },
  {
    name: "refusal-beaten-by-older",
    edits: [{ file: CACHE, from: "if (refusal !== undefined) return (read.fail(refusal), false);", to: "" }],
  },
  {
    name: "own-expiry-ignored",
    edits: [
      {
        file: AGE,
        from: "export function isFresh(entry: EntryLifetime, ttlMs: number, now: Instant): boolean {\n  if (entry.expiresAt !== undefined && now.epochMs >= entry.expiresAt) return false;",
        to: "export function isFresh(entry: EntryLifetime, ttlMs: number, now: Instant): boolean {",
      },
    ],
  },
  {
    name: "unbounded",
    edits: [{ file: "cache/lru-store.ts", from: "{ max: maxEntries }", to: "{ max: 1000 + maxEntries }" }],
  },
  {
    name: "reset-waits-for-provider",
    edits: [
      {
        file: CACHE,
        from: "  resetAll(): number {\n",
        to: "  resetAll(): number {\n    const reads = [...this.#inFlight.all()];\n    if (reads.length > 0) {\n      void Promise.allSettled(reads.map((read) => read.outcome)).then(() => this.resetAll());\n      return 0;\n    }\n",
      },
    ],
  },
];
