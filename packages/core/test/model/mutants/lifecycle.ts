import type { Mutant } from "./mutant.ts";

const TRANSITION = "connection/transition.ts";
const RESOLVER = "resolver/resolver.ts";

/** Mistakes about whose values these are, and about opening and ending a connection. */
export const lifecycleMutants: readonly Mutant[] = [
  {
    // Either guard suffices: the key holds the identity, and another identity drops what its predecessor read.
    name: "identity-out-of-key",
    edits: [
      { file: "resolver/key.ts", from: "${identity.length}:${identity}.", to: "" },
      {
        file: TRANSITION,
        from: 'step(ready, { do: "drop" }, adopt, { do: "wake" })',
        to: 'step(ready, adopt, { do: "wake" })',
      },
    ],
  },
  {
    name: "keep-on-other-identity",
    edits: [
      {
        file: TRANSITION,
        from: 'step(ready, { do: "drop" }, adopt, { do: "wake" })',
        to: 'step(ready, adopt, { do: "wake" })',
      },
      {
        file: TRANSITION,
        from: 'step(ready, { do: "drop" }, { do: "retire" }, adopt, { do: "wake" })',
        to: 'step(ready, { do: "retire" }, adopt, { do: "wake" })',
      },
    ],
  },
  {
    name: "renewal-identity-ignored",
    edits: [
      {
        file: TRANSITION,
        from: "if (identity === undefined || identity === state.identity) {",
        to: "if (identity === undefined || identity !== attempt.toString()) {",
      },
    ],
  },
  {
    name: "unknown-identity-kept",
    edits: [{ file: "connection/session.ts", from: "`#${serial}`", to: '"#"' }],
  },
  {
    name: "serve-while-expired",
    edits: [
      {
        file: RESOLVER,
        from: "const previous = this.#serveExpired ? connection",
        to: "const previous = true ? connection",
      },
    ],
  },
  {
    // Two guards again: the caller of a call that was given up is answered at once, and an old attempt is discarded.
    name: "late-open-wins",
    edits: [
      {
        file: "async/deadline.ts",
        from: "boundedWait({ timeout: { clock, ms }, signal }, (wait) => {\n    const controller = new AbortController();",
        to: 'boundedWait({ timeout: { clock, ms } }, (wait) => {\n    const controller = new AbortController();\n    signal?.addEventListener("abort", () => controller.abort());',
      },
      {
        file: TRANSITION,
        from: "  return step(state, discard(attempt));\n}",
        to: '  return step({ phase: "ready", serial: attempt, identity, person, failures: 0 }, adopt, { do: "wake" });\n}',
      },
    ],
  },
  {
    name: "late-open-leaks",
    edits: [
      {
        file: "connection/open-session.ts",
        from: "void endQuietly(session, settings);",
        to: "",
      },
    ],
  },
  {
    name: "disconnect-forgotten",
    edits: [
      {
        file: TRANSITION,
        from: 'step({ phase: "disconnected", onDemand: false }, { do: "abort" }',
        to: 'step({ phase: "disconnected", onDemand: true }, { do: "abort" }',
      },
      { file: "resolver/named-connection.ts", from: "    this.#disconnected = true;\n", to: "" },
    ],
  },
  {
    name: "person-reopened-unattended",
    edits: [{ file: TRANSITION, from: "      retryAt: person ? Infinity : soonest,", to: "      retryAt: soonest," }],
  },
  {
    name: "refused-login-hammered",
    edits: [
      {
        file: TRANSITION,
        from: "neededPerson ? Infinity : input.uptimeMs + REOPEN_MS",
        to: "neededPerson ? Infinity : input.uptimeMs",
      },
    ],
  },
  {
    name: "lapse-delivers",
    edits: [
      {
        file: RESOLVER,
        from: 'connection.live()?.identity === live.identity ? this.#value(target, entry, { source: "vault" }) : SESSION_GONE,',
        to: 'this.#value(target, entry, { source: "vault" }),',
      },
      {
        file: "cache/cache.ts",
        from: "      read.cancel(error);\n    }\n    return dropped;",
        to: "    }\n    return dropped;",
      },
    ],
  },
  {
    name: "relink-same-keeps-entry",
    edits: [
      { file: "vault/links.ts", from: "  resetTarget(internals, target, verify ? minSequence : undefined);\n", to: "" },
    ],
  },
  {
    name: "relink-keeps-late",
    edits: [
      {
        file: "cache/cache.ts",
        from: "    if (this.#inFlight.has(key)) this.#generations.resetDocument(key, before);\n",
        to: "",
      },
    ],
  },
];
