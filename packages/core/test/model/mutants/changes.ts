import type { Mutant } from "./mutant.ts";

const model = "changes/run.ts";
const USE = "vault/use.ts";
const NEWEST = "vault/newest.ts";
const WATCH = "vault/watch.ts";
const FOLLOW = "vault/follow.ts";

/** Mistakes about values that change: `use`, `rotating`, `watch`, and refreshing ahead. */
export const changeMutants: readonly Mutant[] = [
  {
    name: "use-repeats-same-value",
    model,
    edits: [
      {
        file: USE,
        from: "if (!first.every((value, index) => sameBytes(value, second[index] ?? value))) return await fn(second);",
        to: "return await fn(second);",
      },
    ],
  },
  {
    name: "use-repeats-any-failure",
    model,
    edits: [{ file: USE, from: "if (!isLoginFailure(error) || names", to: "if (names" }],
  },
  {
    name: "use-reads-for-each-caller",
    model,
    edits: [
      { file: "vault.ts", from: "[wanted[index], sequenceOf(value)]", to: "[wanted[index], Number.MAX_SAFE_INTEGER]" },
    ],
  },
  {
    name: "use-keeps-old-value",
    model,
    edits: [{ file: "vault.ts", from: "newerThan = seen.get(name)", to: "newerThan?: number" }],
  },
  {
    name: "use-unlimited",
    model,
    edits: [{ file: USE, from: ".length >= MAX_REFUSALS", to: ".length >= Infinity" }],
  },
  {
    name: "values-of-two-reads",
    model,
    edits: [{ file: "vault/one-read.ts", from: "if (mixed.size === 0) break;", to: "if (mixed.size >= 0) break;" }],
  },
  {
    name: "rotating-overlaps",
    model,
    edits: [{ file: FOLLOW, from: "this.#looking ??= this.#look();", to: "this.#looking = this.#look();" }],
  },
  {
    name: "rotating-forgets-failed-apply",
    model,
    edits: [
      {
        file: WATCH,
        from: "    await apply(values);\n    applied = values;",
        to: "    applied = values;\n    await apply(values);",
      },
    ],
  },
  {
    name: "rotating-applies-again",
    model,
    edits: [{ file: WATCH, from: "if (signal.aborted || isApplied) return;", to: "if (signal.aborted) return;" }],
  },
  {
    name: "lease-replaced-late",
    model,
    edits: [{ file: NEWEST, from: "clock.epochMs() >= before.replaceAt", to: "clock.epochMs() >= Infinity" }],
  },
  {
    name: "lease-ended-early",
    model,
    edits: [
      {
        file: "vault.ts",
        from: "{ minSequence: newerThan, keepsLeases: true }",
        to: "{ minSequence: newerThan }",
      },
    ],
  },
  {
    name: "watch-makes-leases",
    model,
    edits: [{ file: NEWEST, from: "if (look.replacesLeases && clock", to: "if (clock" }],
  },
  {
    name: "version-ignored",
    model,
    edits: [{ file: NEWEST, from: "if (version === (before.version ?? version)) return", to: "if (version) return" }],
  },
  {
    name: "value-read-for-each-look",
    model,
    edits: [{ file: NEWEST, from: "if (version === (before.version ?? version)) return", to: "if (!version) return" }],
  },
  {
    name: "watch-tells-no-change",
    model,
    edits: [{ file: WATCH, from: "(seen !== undefined && !isUnchanged(source, seen, now))", to: "seen !== undefined" }],
  },
  {
    name: "watch-keeps-failing",
    model,
    edits: [{ file: WATCH, from: "const changed = failed !== undefined || ", to: "const changed = " }],
  },
  {
    name: "follower-outlives-vault",
    model,
    edits: [
      {
        file: FOLLOW,
        from: "  async close(): Promise<void> {\n    this.#controller.abort();\n    this.#cancelTimer?.();",
        to: "  async close(): Promise<void> {",
      },
      { file: "vault.ts", from: "if (this.#closing !== undefined) throw", to: "if (this.#closing === null) throw" },
      { file: "resolver/registry.ts", from: "if (this.#closed || this.#pool.closed) throw", to: "if (false) throw" },
    ],
  },
  {
    name: "refreshed-too-early",
    model,
    edits: [{ file: "resolver/refresh-ahead.ts", from: "if (leftMs > refresh.aheadMs || ", to: "if (" }],
  },
];
