import { SecretError } from "../errors/secret-error.ts";
import { assertVaultOptions, parseSettings, type VaultSettings } from "../settings.ts";
import { Cache } from "../cache/cache.ts";
import { LruStore } from "../cache/lru-store.ts";
import { TtlStore } from "../cache/store.ts";
import { type Clock, ExpiryTimer, SampledClock, systemClock } from "../time/clock.ts";
import type { ConnectionConfig, ConnectionDependencies } from "../connection/config.ts";
import { Connection } from "../connection/connection.ts";
import { Links } from "../links.ts";
import { type WithinDeadline, withinDeadline } from "../async/deadline.ts";
import { Batch } from "../resolver/batch.ts";
import type { CallContext } from "../resolver/call.ts";
import { ConnectionHandle } from "../resolver/connection-handle.ts";
import { Pool } from "../resolver/pool.ts";
import { ReadCounter } from "../resolver/read-counter.ts";
import { Registry } from "../resolver/registry.ts";
import { Followers } from "./follow.ts";
import { knownTarget } from "./locate.ts";
import { RefusedLogins } from "./use.ts";
import { RefreshAhead } from "../resolver/refresh-ahead.ts";
import { type ResolveOptions, Resolver } from "../resolver/resolver.ts";
import { CallSlots } from "../resolver/call-slots.ts";
import type { Access } from "../access.ts";
import type { GetOptions, VaultOptions, ViewOptions } from "../types.ts";

/**
 * The last failure of each link, for `status`. The outcome of a `get` that began before a newer outcome, a relink or a
 * reset is ignored.
 */
export class Failures {
  #seq = 0;
  /** The number that an outcome must exceed since `clear`. */
  #floor = 0;
  readonly #outcomes = new Map<string, { readonly seq: number; readonly error: SecretError | undefined }>();

  /** A `get` begins. Returns its number. */
  begin(): number {
    return ++this.#seq;
  }

  get(name: string): SecretError | undefined {
    return this.#outcomes.get(name)?.error;
  }

  /** A `get` of a name ended; without an error, it succeeded. */
  ended(name: string, seq: number, error?: SecretError): void {
    if (seq > Math.max(this.#floor, this.#outcomes.get(name)?.seq ?? 0)) this.#outcomes.set(name, { seq, error });
  }

  /** Forgets the outcome of a name, and ignores those of `get`s that have begun. */
  forget(name: string): void {
    this.#outcomes.set(name, { seq: ++this.#seq, error: undefined });
  }

  /** The link was removed. */
  delete(name: string): void {
    this.#outcomes.delete(name);
  }

  clear(): void {
    this.#floor = ++this.#seq;
    this.#outcomes.clear();
  }
}

/** The parts of one vault. */
export interface VaultInternals {
  readonly settings: VaultSettings;
  readonly clock: Clock;
  readonly cache: Cache;
  readonly pool: Pool;
  readonly counter: ReadCounter;
  readonly links: Links;
  readonly registry: Registry;
  readonly resolver: Resolver;
  readonly failures: Failures;
  readonly followers: Followers;
  readonly refusedLogins: RefusedLogins;
  readonly random: () => number;
  readonly onAccess: ((access: Access) => void) | undefined;
  /** Forgets what is known of the documents of a connection that is gone for good. */
  readonly forget: (fingerprint: string) => void;
  /** The same connections and the same cache for other connections and links. */
  readonly view: (options: ViewOptions) => VaultInternals;
}

/** Creates and connects the parts. Throws `invalid_config` for invalid options. */
export function createInternals(options: VaultOptions): VaultInternals {
  assertVaultOptions(options);
  const { env, clock = systemClock(), random = Math.random } = options;
  const settings = parseSettings(options);
  const now = new SampledClock(clock);
  const store = new TtlStore({ now, store: new LruStore(settings), expiryTimer: new ExpiryTimer(clock), ...settings });
  const cache = new Cache(store, now);
  const createHandle = (config: ConnectionConfig): ConnectionHandle => {
    const { fingerprint } = config;
    const dependencies: ConnectionDependencies = {
      ...{ clock, now, random, ...settings },
      drop: (error) => cache.dropConnection(fingerprint, error),
      clearNegativeCache: () => cache.clearNegativeCache(fingerprint),
    };
    const connection = new Connection(config, dependencies);
    const slots = new CallSlots(settings.concurrency);
    const callContext: CallContext = { clock, now, random, slots, connection, attemptMs: settings.attemptMs };
    return new ConnectionHandle(connection, callContext, new Batch(callContext));
  };
  const pool = new Pool();
  const counter = new ReadCounter();
  const forget = (fingerprint: string): void => {
    // Unless it has been created again meanwhile.
    if (pool.has(fingerprint)) return;
    cache.forgetConnection(fingerprint);
    counter.forgetConnection(fingerprint);
  };
  const { refreshAhead } = settings;
  const ahead = refreshAhead && new RefreshAhead(refreshAhead, { store, clock, random });
  const shared = { settings, clock, cache, pool, counter, forget, random };
  const view = ({ connections, links = {}, onAccess = options.onAccess }: ViewOptions): VaultInternals => {
    const registry = new Registry({ connections, env, pool, createHandle, forget });
    const resolver = new Resolver({ ...{ cache, registry, clock, now, counter, ahead }, ...settings });
    const own = { failures: new Failures(), followers: new Followers(), refusedLogins: new RefusedLogins(now) };
    return { ...shared, ...own, onAccess, links: new Links(links), registry, resolver, view };
  };
  return view(options);
}

/** The bounds of one call; its deadline counts from now. Throws `invalid_config` for invalid options. */
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

/** Bounds work of one call that the resolver does not bound itself, such as loading plugins. */
export function deadlineOf({ clock }: VaultInternals, { deadline, signal }: ResolveOptions): WithinDeadline {
  return withinDeadline(clock, deadline - clock.monotonicMs(), signal);
}

/** Forgets the failures of a connection's links, since it was opened or reset. */
export function forgetFailures({ failures, links, registry }: VaultInternals, connection: string): void {
  for (const link of links.all()) {
    if (knownTarget(link, registry)?.connection === connection) failures.forget(link.name);
  }
}

/** All connections, of every view, name and environment. */
export function* everyConnection({ pool }: VaultInternals): Generator<Connection> {
  for (const { connection } of pool.all()) yield connection;
}

export function closed(): SecretError {
  return new SecretError("aborted", "The vault was closed.");
}
