/** One row of the core: what it is for, and its files, as paths below `packages/core/src`. */
export interface Row {
  readonly row: string;
  readonly files: readonly string[];
}

/**
 * The order of the core, first row first. A file imports only from the rows before its own, types included, so that
 * each can be read and tested with nothing but what stands above it here. A new file joins the first row that
 * everything it imports precedes; a need to import from a later row means that the idea sits in the wrong file.
 */
export const CORE_ROWS: readonly Row[] = [
  {
    row: "what imports nothing",
    files: [
      "provider.ts",
      "clock.ts",
      "nearest.ts",
      "encode-path.ts",
      "few.ts",
      "minutes.ts",
      "exact-json.ts",
      "network/certificate-faults.ts",
      "network/embedded-ipv4.ts",
      "network/variables.ts",
      "errors/policy.ts",
    ],
  },
  {
    row: "words built on those",
    files: ["plugin.ts", "diagnostics.ts", "errors/secret-error.ts", "errors/http.ts", "network/host.ts"],
  },
  {
    row: "tools of a provider",
    files: [
      "define.ts",
      "options.ts",
      "prompt.ts",
      "network/no-proxy.ts",
      "network/certificates.ts",
      "errors/parse-json.ts",
      "errors/wrap.ts",
      "secret-value.ts",
    ],
  },
  { row: "the caller's proxy", files: ["network/proxy.ts"] },
  { row: "the public API", files: ["vault-api.ts", "race.ts", "name-error.ts"] },
  { row: "its defaults", files: ["settings.ts", "assert-options.ts"] },
  { row: "references", files: ["reference/parse.ts", "reference/canonical.ts", "reference/select.ts"] },
  { row: "links", files: ["reference/format.ts", "links.ts"] },
  { row: "cache: time", files: ["cache/time.ts"] },
  {
    row: "cache: rules",
    files: [
      "cache/age.ts",
      "cache/order.ts",
      "cache/freshness.ts",
      "cache/reaper.ts",
      "cache/hold.ts",
      "cache/newest.ts",
      "cache/spellings.ts",
    ],
  },
  { row: "cache: what is held", files: ["cache/entry.ts", "cache/refusals.ts", "cache/flights.ts"] },
  { row: "cache: the bounded map, and reads", files: ["cache/store.ts", "cache/read.ts"] },
  { row: "cache: what is kept, and how long", files: ["cache/shelf.ts"] },
  { row: "cache: all of it", files: ["cache/cache.ts"] },
  {
    row: "lifecycle: what is counted and timed",
    files: [
      "lifecycle/usage.ts",
      "lifecycle/timers.ts",
      "lifecycle/calls-under-way.ts",
      "lifecycle/backoff.ts",
      "lifecycle/budget.ts",
        "lifecycle/lent.ts",
    ],
  },
  {
    row: "lifecycle: rules",
    files: [
      "lifecycle/state.ts",
      "lifecycle/breaker.ts",
      "lifecycle/retry-delay.ts",
      "lifecycle/fingerprint.ts",
      "lifecycle/waiters.ts",
      "lifecycle/live-session.ts",
      "lifecycle/opening.ts",
      "lifecycle/about.ts",
    ],
  },
  { row: "lifecycle: leases", files: ["lifecycle/leases.ts"] },
  {
    row: "lifecycle: parts",
    files: ["lifecycle/transition.ts", "lifecycle/explain.ts", "lifecycle/farewell.ts", "lifecycle/attempts.ts"],
  },
  { row: "lifecycle: what was replaced", files: ["lifecycle/replaced.ts"] },
  { row: "lifecycle: the shell", files: ["lifecycle/machine.ts"] },
  { row: "lifecycle: all of it", files: ["lifecycle/connection.ts"] },
  { row: "resolver: how many calls at once", files: ["resolver/slots.ts"] },
  { row: "resolver: one call", files: ["resolver/call.ts"] },
  { row: "resolver: many calls", files: ["resolver/batch.ts"] },
  { row: "resolver: again", files: ["resolver/retry.ts", "resolver/named-connection.ts"] },
  { row: "resolver: what a plugin and a connection look like", files: ["resolver/plugin-shape.ts"] },
  { row: "resolver: from name to plugin", files: ["resolver/connection-shape.ts", "resolver/load-plugin.ts"] },
  { row: "resolver: from name to provider", files: ["resolver/prepare.ts"] },
  { row: "resolver: which connection", files: ["resolver/registry.ts"] },
  { row: "resolver: all of it", files: ["resolver/resolver.ts"] },
  { row: "the vault: what failed", files: ["vault/failures.ts"] },
  { row: "the vault: parts", files: ["vault/engine.ts"] },
  { row: "the vault: where names lead", files: ["vault/locate.ts"] },
  { row: "the vault: verbs", files: ["vault/reset.ts", "vault/status.ts", "vault/disconnect.ts"] },
  { row: "the vault: relinking", files: ["vault/relink.ts"] },
  { row: "the vault", files: ["vault.ts"] },
  { row: "the public names", files: ["index.ts"] },
];
