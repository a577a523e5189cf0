import type { Mutant } from "./mutant.ts";

const BATCH = "resolver/batch.ts";
const RETRY = "connection/retry-delay.ts";

/** Mistakes about what is sent to the vault, and about whose answer is whose. */
export const callMutants: readonly Mutant[] = [
  {
    name: "batch-one-fails-all",
    edits: [
      {
        file: BATCH,
        from: "      const { outcomes, sent, holds } = result;\n",
        to: '      const { outcomes, sent, holds } = result;\n      for (const one of outcomes) if (one.status === "rejected") throw one.reason;\n',
      },
    ],
  },
  {
    name: "batch-shifted",
    edits: [
      {
        file: BATCH,
        from: "{ outcome: outcomes[index], sent, hold: holds[index] }",
        to: "{ outcome: outcomes[(index + 1) % items.length], sent, hold: holds[index] }",
      },
    ],
  },
  {
    name: "batch-retries-all",
    edits: [
      {
        file: BATCH,
        from: "      const { outcomes, sent, holds } = result;\n",
        to: '      const { outcomes, sent, holds } = result;\n      for (const one of outcomes) {\n        if (one.status === "rejected" && one.reason.code === "throttled") throw one.reason;\n      }\n',
      },
    ],
  },
  {
    name: "dated-at-arrival",
    edits: [
      {
        file: BATCH,
        from: "return { document, sent, hold: this.#leases.note(document, key, live) };",
        to: "return { document, sent: this.#callContext.now.instant() };",
      },
    ],
  },
  {
    name: "leader-abort-kills-joiners",
    edits: [{ file: "cache/in-flight.ts", from: "if (--this.#waiters > 0) return false;", to: "--this.#waiters;" }],
  },
  {
    name: "retry-on-denied",
    edits: [
      {
        file: "errors/codes.ts",
        from: "denied: row(77, { purge: true })",
        to: "denied: row(77, { purge: true, retry: true })",
      },
    ],
  },
  {
    name: "budget-ignored",
    edits: [{ file: RETRY, from: "return retryBudget.spend() ? delay : undefined;", to: "return delay;" }],
  },
  {
    name: "attempts-unbounded",
    edits: [{ file: RETRY, from: "attempt >= MAX_ATTEMPTS || ", to: "" }],
  },
  {
    name: "deadline-ignored",
    edits: [
      {
        file: "resolver/resolver.ts",
        from: "const timeout = { clock: this.#clock, ms: deadline - this.#clock.monotonicMs() };",
        to: "const timeout = { clock: this.#clock, ms: 2 * (deadline - this.#clock.monotonicMs()) };",
      },
      { file: "resolver/resolver.ts", from: "read.enter(deadline);", to: "read.enter(deadline * 2);" },
    ],
  },
];
