import { assertVaultOptions } from "../assert-options.ts";
import { Cache } from "../cache/cache.ts";
import { ExpiryTimer } from "../cache/expiry-timer.ts";
import { TtlStore } from "../cache/ttl-store.ts";
import { LruStore } from "../cache/lru-store.ts";
import { SampledClock } from "../time/sampled-clock.ts";
import { type Clock, systemClock } from "../time/clock.ts";
import { SecretError } from "../errors/secret-error.ts";
import type { ConnectionConfig, ConnectionDependencies } from "../connection/config.ts";
import { Connection } from "../connection/connection.ts";
import { Links } from "../links.ts";
import { type WithinDeadline, withinDeadline } from "../async/deadline.ts";
import { Batch } from "../resolver/batch.ts";
import type { CallContext } from "../resolver/call.ts";
import type { ConnectionHandle } from "../resolver/named-connection.ts";
import { Pool } from "../resolver/pool.ts";
import { Registry } from "../resolver/registry.ts";
import { type ResolveOptions, type Counts, Resolver } from "../resolver/resolver.ts";
import { Semaphore } from "../async/semaphore.ts";
import { type VaultSettings, parseSettings } from "../settings.ts";
import type { GetOptions, VaultOptions, ViewOptions } from "../types.ts";
import { Failures } from "./failures.ts";

/** The parts of one vault, wired together. */
export interface VaultInternals {
  readonly settings: VaultSettings;
  readonly clock: Clock;
  readonly cache: Cache;
  readonly pool: Pool;
  readonly counts: Counts;
  readonly links: Links;
  readonly registry: Registry;
  readonly resolver: Resolver;
  readonly failures: Failures;
  /** Nothing of a connection needs to be remembered. */
  readonly forget: (fingerprint: string) => void;
  /** The same connections and cache behind other names. */
  readonly view: (options: ViewOptions) => VaultInternals;
}

/** Throws `invalid_config` for options that can't be meant. */
export function createInternals(options: VaultOptions): VaultInternals {
  assertVaultOptions(options);
  const { env, clock = systemClock(), random = Math.random } = options;
  const settings = parseSettings(options);
  const now = new SampledClock(clock);
  const store = new TtlStore({ now, store: new LruStore(settings), expiryTimer: new ExpiryTimer(clock), ...settings });
  const cache = new Cache(store, now);
  const createHandle = (about: ConnectionConfig): ConnectionHandle => {
    const { fingerprint } = about;
    const around: ConnectionDependencies = {
      ...{ clock, now, random, ...settings },
      drop: (error) => cache.dropConnection(fingerprint, error),
      clearNegativeCache: () => cache.clearNegativeCache(fingerprint),
    };
    const connection = new Connection(about, around);
    const semaphore = new Semaphore(settings.concurrency);
    const callContext: CallContext = { clock, now, random, semaphore, connection, attemptMs: settings.attemptMs };
    return { connection, callContext, batch: new Batch(callContext), users: 0 };
  };
  const pool = new Pool();
  const forget = (fingerprint: string): void => {
    // One that was made anew meanwhile is remembered.
    if (!pool.has(fingerprint)) cache.forgetConnection(fingerprint);
  };
  const counts: Counts = { hits: 0, misses: 0 };
  const shared = { settings, clock, cache, pool, counts, forget };
  const view = ({ connections, links = {} }: ViewOptions): VaultInternals => {
    const registry = new Registry({ connections, env, pool, createHandle, forget });
    const resolver = new Resolver({ cache, registry, clock, now, serveExpired: settings.serveExpired, counts });
    return { ...shared, links: new Links(links), registry, resolver, failures: new Failures(), view };
  };
  return view(options);
}

/** What bounds one call: its deadline counts from now. Throws `invalid_config` for options that can't be meant. */
export function resolveOptions({ cache, clock, settings }: VaultInternals, options: GetOptions): ResolveOptions {
  const { deadlineMs = settings.deadlineMs, env } = options;
  if (typeof deadlineMs !== "number" || !(deadlineMs > 0)) {
    throw new SecretError("invalid_config", "deadlineMs is a number of milliseconds above 0.");
  }
  if (env !== undefined && (typeof env !== "object" || env === null)) {
    throw new SecretError("invalid_config", "env is an object of variables, such as process.env.");
  }
  return {
    deadline: clock.monotonicMs() + deadlineMs,
    signal: options.signal,
    minSequence: options.refresh ? cache.nextSequence() : 0,
    allowStale: options.allowStale ?? true,
    env,
  };
}

/** How long a call waits for what its deadline does not cover otherwise. */
export function deadlineOf({ clock }: VaultInternals, { deadline, signal }: ResolveOptions): WithinDeadline {
  return withinDeadline(clock, deadline - clock.monotonicMs(), signal);
}

/** What a connection's links failed with says nothing any more: it was opened or reset since. */
export function forgetFailures({ failures, links }: VaultInternals, connection: string): void {
  for (const link of links.all()) if (link.target?.connection === connection) failures.forget(link.name);
}

/** Every connection there is, of every view, name and environment. */
export function* everyConnection({ pool }: VaultInternals): Generator<Connection> {
  for (const { connection } of pool.all()) yield connection;
}

export function closed(): SecretError {
  return new SecretError("aborted", "The vault was closed.");
}
