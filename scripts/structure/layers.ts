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
      "contract/provider.ts",
      "time/clock.ts",
      "closest-match.ts",
      "reference/encode-path.ts",
      "async/few.ts",
      "time/duration.ts",
      "exact-json.ts",
      "provider-kit/certificate-faults.ts",
      "provider-kit/embedded-ipv4.ts",
      "provider-kit/variables.ts",
      "errors/codes.ts",
    ],
  },
  {
    row: "words built on those",
    files: [
      "contract/plugin.ts",
      "diagnostics.ts",
      "errors/secret-error.ts",
      "provider-kit/http-status.ts",
      "provider-kit/host.ts",
      "provider-kit/environment.ts",
      "provider-kit/network-faults.ts",
    ],
  },
  {
    row: "tools of a provider",
    files: [
      "contract/define.ts",
      "contract/options.ts",
      "provider-kit/abortable.ts",
      "provider-kit/invalid-input.ts",
      "provider-kit/prompt.ts",
      "provider-kit/no-proxy.ts",
      "provider-kit/certificates.ts",
      "provider-kit/parse-json.ts",
      "provider-kit/credential-latch.ts",
      "errors/native-failure.ts",
      "secret-value.ts",
    ],
  },
  {
    row: "what providers share",
    files: [
      "provider-kit/address.ts",
      "provider-kit/credential-file.ts",
      "provider-kit/proxy.ts",
      "provider-kit/redirect-listener.ts",
      "provider-kit/agents.ts",
      "provider-kit/error-rules.ts",
      "errors/to-secret-error.ts",
      "provider-kit/worker.ts",
    ],
  },
  { row: "options that are checked", files: ["provider-kit/check-options.ts"] },
  { row: "the public API", files: ["types.ts", "async/deadline.ts", "errors/with-link-name.ts"] },
  { row: "its defaults", files: ["settings.ts", "assert-options.ts"] },
  { row: "references", files: ["reference/parse.ts", "reference/canonical.ts", "reference/select.ts"] },
  { row: "links", files: ["reference/format.ts", "links.ts"] },
  { row: "cache: time", files: ["time/sampled-clock.ts"] },
  {
    row: "cache: rules",
    files: [
      "cache/ttl.ts",
      "cache/generations.ts",
      "cache/fresh-reads.ts",
      "cache/expiry-timer.ts",
      "cache/hold.ts",
      "cache/newest.ts",
      "cache/spellings.ts",
    ],
  },
  { row: "cache: what is held", files: ["cache/entry.ts", "cache/negative-cache.ts", "cache/in-flight.ts"] },
  { row: "cache: the bounded map, and reads", files: ["cache/lru-store.ts", "cache/read.ts"] },
  { row: "cache: what is kept, and how long", files: ["cache/ttl-store.ts"] },
  { row: "cache: all of it", files: ["cache/cache.ts"] },
  {
    row: "lifecycle: what is counted and timed",
    files: [
      "connection/request-counter.ts",
      "connection/timers.ts",
      "connection/calls-under-way.ts",
      "connection/backoff.ts",
      "connection/retry-budget.ts",
      "connection/lent.ts",
    ],
  },
  {
    row: "lifecycle: rules",
    files: [
      "connection/state.ts",
      "connection/circuit-breaker.ts",
      "connection/retry-delay.ts",
      "connection/fingerprint.ts",
      "async/waiters.ts",
      "connection/session.ts",
      "connection/open-session.ts",
      "connection/config.ts",
    ],
  },
  { row: "lifecycle: leases", files: ["connection/leases.ts"] },
  {
    row: "lifecycle: parts",
    files: [
      "connection/transition.ts",
      "connection/state-error.ts",
      "connection/end-session.ts",
      "connection/open-attempts.ts",
    ],
  },
  { row: "lifecycle: what was replaced", files: ["connection/replaced.ts"] },
  { row: "lifecycle: the shell", files: ["connection/controller.ts"] },
  { row: "lifecycle: all of it", files: ["connection/connection.ts"] },
  { row: "resolver: how many calls at once", files: ["async/semaphore.ts"] },
  { row: "resolver: one call", files: ["resolver/call.ts"] },
  { row: "resolver: many calls", files: ["resolver/batch.ts"] },
  { row: "resolver: again", files: ["resolver/retry.ts", "resolver/named-connection.ts"] },
  { row: "resolver: what a plugin and a connection look like", files: ["resolver/plugin-shape.ts"] },
  { row: "resolver: from name to plugin", files: ["resolver/connection-shape.ts", "resolver/load-plugin.ts"] },
  { row: "resolver: from name to provider", files: ["resolver/load-provider.ts"] },
  { row: "resolver: which connection", files: ["resolver/registry.ts"] },
  { row: "resolver: all of it", files: ["resolver/resolver.ts"] },
  { row: "the vault: what failed", files: ["vault/failures.ts"] },
  { row: "the vault: parts", files: ["vault/internals.ts"] },
  { row: "the vault: where names lead", files: ["vault/locate.ts"] },
  { row: "the vault: verbs", files: ["vault/reset.ts", "vault/status.ts", "vault/disconnect.ts"] },
  { row: "the vault: relinking", files: ["vault/link.ts"] },
  { row: "the vault", files: ["vault.ts"] },
  { row: "the public names", files: ["index.ts"] },
];
