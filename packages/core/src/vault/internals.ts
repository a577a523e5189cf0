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
import { Registry } from "../resolver/registry.ts";
import { type ResolveOptions, Resolver } from "../resolver/resolver.ts";
import { Semaphore } from "../async/semaphore.ts";
import { type VaultSettings, parseSettings } from "../settings.ts";
import type { GetOptions, VaultOptions } from "../types.ts";
import { Failures } from "./failures.ts";

/** The parts of one vault, wired together. */
export interface VaultInternals {
  readonly settings: VaultSettings;
  readonly clock: Clock;
  readonly cache: Cache;
  readonly links: Links;
  readonly registry: Registry;
  readonly resolver: Resolver;
  readonly failures: Failures;
}

/** Throws `invalid_config` for options that can't be meant. */
export function createInternals(options: VaultOptions): VaultInternals {
  assertVaultOptions(options);
  const { connections, env, links = {}, clock = systemClock(), random = Math.random } = options;
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
  const forget = (fingerprint: string): void => cache.forgetConnection(fingerprint);
  const registry = new Registry({ connections, env, createHandle, forget });
  const resolver = new Resolver({ cache, registry, clock, now, serveExpired: settings.serveExpired });
  return { settings, clock, cache, links: new Links(links), registry, resolver, failures: new Failures() };
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

/** Every connection there is, of every name and environment. */
export function* everyConnection({ registry }: VaultInternals): Generator<Connection> {
  for (const named of registry.all()) for (const { connection } of named.handles.values()) yield connection;
}

export function closed(): SecretError {
  return new SecretError("aborted", "The vault was closed.");
}
