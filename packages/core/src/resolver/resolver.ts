import type { Cache } from "../cache/cache.ts";
import type { CacheEntry } from "../cache/entry.ts";
import { MOVED } from "../cache/in-flight.ts";
import type { DocumentRead } from "../cache/read.ts";
import type { SampledClock } from "../time/sampled-clock.ts";
import type { Clock } from "../time/clock.ts";
import { hasSubscribers, publish } from "../diagnostics.ts";
import { type ErrorCode, POLICY } from "../errors/codes.ts";
import { SecretError } from "../errors/secret-error.ts";
import { toSecretError } from "../errors/to-secret-error.ts";
import type { LiveSession } from "../connection/session.ts";
import type { LinkTarget } from "../links.ts";
import { withinDeadline } from "../async/deadline.ts";
import { type Provenance, SecretValue } from "../secret-value.ts";
import type { Env } from "../types.ts";
import { keyOf, makeKey, scopeOf } from "./document-key.ts";
import type { NamedConnection, ConnectionHandle } from "./named-connection.ts";
import type { Registry } from "./registry.ts";
import { readWithRetries } from "./retry.ts";

/** One caller's request, with everything that bounds it. */
export interface ResolveOptions {
  /** By `monotonicMs`, in ms. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  /** Only what is sent after this number counts; 0 for whatever is fresh. */
  readonly minSequence: number;
  readonly allowStale: boolean;
  readonly env: Env | undefined;
}

/** Reads answered from the cache, and those that were not. */
export interface Counts {
  hits: number;
  misses: number;
}

/** From a target to its value: connection, key, cache, flight, vault. Knows neither names nor terminals nor files. */
export class Resolver {
  readonly #cache: Cache;
  readonly #registry: Registry;
  readonly #clock: Clock;
  readonly #now: SampledClock;
  readonly #serveExpired: boolean;
  readonly #counts: Counts;

  constructor(parts: {
    cache: Cache;
    registry: Registry;
    clock: Clock;
    now: SampledClock;
    serveExpired: boolean;
    counts: Counts;
  }) {
    this.#cache = parts.cache;
    this.#registry = parts.registry;
    this.#clock = parts.clock;
    this.#now = parts.now;
    this.#serveExpired = parts.serveExpired;
    this.#counts = parts.counts;
  }

  /** The value, if it is there to be handed out this instant: nothing is opened, awaited or read. */
  peek(target: LinkTarget, named: NamedConnection): SecretValue | undefined {
    const { current } = named;
    if (current === undefined) return undefined;
    this.#now.sample();
    const live = current.connection.liveAsOfNow();
    if (live === undefined) return undefined;
    const entry = this.#cache.store.fresh(keyOf(target, current, live), 0);
    if (entry === undefined) return undefined;
    live.touch();
    return this.#hit(target, current, entry);
  }

  /** The value, read from the vault where that is needed. Rejects with a `SecretError`. */
  async resolve(target: LinkTarget, call: ResolveOptions): Promise<SecretValue> {
    const named = this.#registry.expect(target.connection);
    const wait = withinDeadline(this.#clock, call.deadline - this.#clock.monotonicMs(), call.signal);
    const how = { wait, ...(call.env && { env: call.env }) };
    for (let reopened = false; ;) {
      const outcome = await this.#registry.use(named, how, (handle) => this.#once(target, handle, call, reopened));
      if (outcome instanceof SecretValue) return outcome;
      if (outcome === "reopen") reopened = true;
    }
  }

  /** The value, or why it is to be asked for again: the session is gone, or the vault takes its credentials no more. */
  async #once(
    target: LinkTarget,
    handle: ConnectionHandle,
    call: ResolveOptions,
    reopened: boolean,
  ): Promise<SecretValue | "moved" | "reopen"> {
    const { connection } = handle;
    const live = connection.live() ?? (await this.#open(target, handle, call));
    if (live instanceof SecretValue) return live;
    if (live === undefined || connection.live() !== live) return "moved";
    live.touch();
    const key = keyOf(target, handle, live);
    const hit = this.#cache.hit(key, call.minSequence);
    if (hit !== undefined) return this.#hit(target, handle, hit);
    const refusal = this.#cache.refusal(key, call.minSequence);
    if (refusal !== undefined) throw refusal;
    this.#counts.misses++;
    const read = this.#read(key, target, handle, live, call);
    try {
      const value = await this.#wait(read, call, (entry) =>
        // Between the lapse of a session and the next one nothing is given, not even what was asked for before.
        connection.live()?.identity === live.identity ? this.#value(target, entry, { source: "vault" }) : undefined,
      );
      return value ?? "moved";
    } catch (thrown) {
      if (thrown === MOVED) return "moved";
      const error = toSecretError(thrown);
      if (error.code === "unauthenticated" && !reopened) return "reopen";
      const stale = this.#stale(key, handle, error.code, call);
      if (stale === undefined) throw error;
      const { name, about } = connection;
      publish("cache", () => ({
        ...{ connection: name, provider: about.provider.name, source: "stale" },
        code: error.code,
      }));
      return this.#value(target, stale, { source: "stale", cause: error.code });
    }
  }

  /** The key of a target's document for whoever the connection is now, or last was. */
  key(target: LinkTarget, handle: ConnectionHandle): string | undefined {
    const identity = handle.connection.live()?.identity ?? handle.connection.previousIdentity();
    return identity === undefined ? undefined : makeKey(handle.connection, identity, target);
  }

  /** The session, or a value that may answer without one; `undefined` where another connection has taken its place. */
  async #open(
    target: LinkTarget,
    { connection }: ConnectionHandle,
    call: ResolveOptions,
  ): Promise<LiveSession | SecretValue | undefined> {
    const former = this.#serveExpired ? connection.previousIdentity() : undefined;
    const entry = former && this.#cache.hit(makeKey(connection, former, target), call.minSequence);
    if (entry) return this.#value(target, entry, { source: "cache", connection: "expired" });
    try {
      return await connection.opened(call.deadline, call.signal);
    } catch (error) {
      if (connection.superseded) return undefined;
      throw error;
    }
  }

  #read(
    key: string,
    target: LinkTarget,
    { connection, callContext, batch }: ConnectionHandle,
    live: LiveSession,
    call: ResolveOptions,
  ): DocumentRead {
    const { fingerprint } = connection;
    const document = { key, fingerprint, scope: scopeOf(connection, live.identity) };
    return this.#cache.read(document, call.minSequence, (read) => {
      // Its first waiter enters once it is under way; until then it would seem to have no time at all.
      read.deadline = call.deadline;
      const fresh = this.#cache.mustBeFresh(key, call.minSequence);
      return readWithRetries(callContext, batch, read, {
        locator: target.locator,
        fresh,
        onSent: () => this.#cache.sent(read),
      });
    });
  }

  /** Waits for a read until it lands and is taken, or this caller's own time or patience ends. */
  #wait<Taken>(read: DocumentRead, call: ResolveOptions, take: (entry: CacheEntry) => Taken): Promise<Taken> {
    const { signal } = call;
    return new Promise<Taken>((resolve, reject) => {
      read.enter(call.deadline);
      let waiting = true;
      const leave = (): boolean => {
        if (!waiting) return false;
        waiting = false;
        cancelTimer();
        signal?.removeEventListener("abort", cancelled);
        this.#cache.leave(read);
        return true;
      };
      const fail = (error: unknown): void => {
        if (leave()) reject(error);
      };
      const cancelled = (): void => fail(new SecretError("aborted", "The call was cancelled."));
      const late = (): void => fail(new SecretError("timeout", "The vault did not answer in time."));
      const cancelTimer = this.#clock.after(Math.max(0, call.deadline - this.#clock.monotonicMs()), late, true);
      signal?.addEventListener("abort", cancelled, { once: true });
      read.settled.then((entry) => {
        if (!leave()) return;
        try {
          resolve(take(entry));
        } catch (error) {
          reject(error);
        }
      }, fail);
      if (signal?.aborted) cancelled();
    });
  }

  #stale(key: string, handle: ConnectionHandle, code: ErrorCode, call: ResolveOptions): CacheEntry | undefined {
    const allowed = call.allowStale && call.minSequence === 0 && POLICY[code].stale;
    return allowed && handle.connection.live() !== undefined ? this.#cache.store.stale(key, 0) : undefined;
  }

  #hit(target: LinkTarget, { connection }: ConnectionHandle, entry: CacheEntry): SecretValue {
    this.#counts.hits++;
    if (hasSubscribers("cache")) {
      const { name, about } = connection;
      publish("cache", () => ({ connection: name, provider: about.provider.name, source: "cache" }));
    }
    // Written out, since this is what every hit does: to spread an object here costs as much as all the rest.
    const { version, expiresAt, leased } = entry;
    const ageMs = this.#cache.store.age(entry);
    return new SecretValue(entry.select(target.fieldKey, target.field), {
      source: "cache",
      ageMs,
      version,
      expiresAt,
      leased,
    });
  }

  #value(
    target: LinkTarget,
    entry: CacheEntry,
    about: Pick<Provenance, "source" | "cause" | "connection">,
  ): SecretValue {
    const { version, expiresAt, leased } = entry;
    const bytes = entry.select(target.fieldKey, target.field);
    return new SecretValue(bytes, { ...about, ageMs: this.#cache.store.age(entry), version, expiresAt, leased });
  }
}
