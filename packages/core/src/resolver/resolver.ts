import type { Clock, SampledClock } from "../time/clock.ts";
import { boundedWait, withinDeadline } from "../async/deadline.ts";
import type { Cache } from "../cache/cache.ts";
import type { CacheEntry } from "../cache/entry.ts";
import type { Place } from "../cache/lru-store.ts";
import { type InFlightRead, SESSION_GONE, type SessionGone } from "../cache/in-flight.ts";
import type { LiveSession } from "../connection/session.ts";
import { hasSubscribers, publish } from "../diagnostics.ts";
import { POLICY } from "../errors/codes.ts";
import { type SecretError, toSecretError } from "../errors/secret-error.ts";
import type { SecretDocument } from "../contract/provider.ts";
import type { LinkTarget } from "../links.ts";
import { type Provenance, SecretValue } from "../secret-value.ts";
import type { Env } from "../types.ts";
import type { ReadCounter } from "./read-counter.ts";
import { keyFor, makeKey, scopeOf } from "./key.ts";
import type { ConnectionHandle } from "./connection-handle.ts";
import type { NamedConnection } from "./named-connection.ts";
import type { RefreshAhead } from "./refresh-ahead.ts";
import type { Registry } from "./registry.ts";
import { readWithRetries } from "./retry.ts";

/** One caller's request, with everything that bounds it. */
export interface ResolveOptions {
  /** By `monotonicMs`, in ms. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  /** Only what is sent after this sequence number counts; 0 for whatever is fresh. */
  readonly minSequence: number;
  readonly allowStale: boolean;
  readonly env: Env | undefined;
  /** As in `ReadCaller`. */
  readonly keepsLeases?: boolean;
}

/** One caller's request on one connection. */
interface Request {
  readonly target: LinkTarget;
  readonly handle: ConnectionHandle;
  readonly call: ResolveOptions;
}

/** From a target to its value: connection, key, cache, read in flight, vault. Knows neither names nor files. */
export class Resolver {
  readonly #cache: Cache;
  readonly #registry: Registry;
  readonly #clock: Clock;
  readonly #now: SampledClock;
  readonly #serveExpired: boolean;
  readonly #counter: ReadCounter;
  readonly #ahead: RefreshAhead | undefined;
  readonly #attemptMs: number;

  constructor(parts: {
    readonly cache: Cache;
    readonly registry: Registry;
    readonly clock: Clock;
    readonly now: SampledClock;
    readonly serveExpired: boolean;
    readonly counter: ReadCounter;
    readonly ahead: RefreshAhead | undefined;
    readonly attemptMs: number;
  }) {
    this.#cache = parts.cache;
    this.#registry = parts.registry;
    this.#clock = parts.clock;
    this.#now = parts.now;
    this.#serveExpired = parts.serveExpired;
    this.#counter = parts.counter;
    this.#ahead = parts.ahead;
    this.#attemptMs = parts.attemptMs;
  }

  /** The value, if the cache has it: nothing is opened or awaited. */
  peek(target: LinkTarget, named: NamedConnection): SecretValue | undefined {
    const { current } = named;
    if (current === undefined) return undefined;
    this.#now.sample();
    const live = current.connection.liveAsOfNow();
    if (live === undefined) return undefined;
    const place = target.cachedPlace(live) ?? this.#find(target, current, live);
    const entry = place && this.#cache.store.freshIn(place, 0);
    if (entry === undefined) return undefined;
    live.touch();
    return this.#hit(target, current, entry);
  }

  #find(target: LinkTarget, handle: ConnectionHandle, live: LiveSession): Place | undefined {
    const place = this.#cache.store.find(keyFor(target, handle, live));
    if (place !== undefined) target.cachePlace(place);
    return place;
  }

  /** The value, read from the vault if needed. Rejects with a `SecretError`. */
  async resolve(target: LinkTarget, call: ResolveOptions): Promise<SecretValue> {
    const named = this.#registry.expect(target.connection);
    const wait = withinDeadline(this.#clock, call.deadline - this.#clock.monotonicMs(), call.signal);
    const use = { wait, ...(call.env && { env: call.env }) };
    for (let reopened = false; ;) {
      const outcome = await this.#registry.use(named, use, (handle) => this.#once({ target, handle, call }, reopened));
      if (outcome instanceof SecretValue) return outcome;
      if (outcome === "reopen") reopened = true;
    }
  }

  /**
   * One attempt: the value, or why to start over. `SESSION_GONE`: with the session there is now. `"reopen"`: the vault no
   * longer accepts the credentials, so with a new session, once.
   */
  async #once(request: Request, reopened: boolean): Promise<SecretValue | SessionGone | "reopen"> {
    const { target, handle, call } = request;
    const { connection } = handle;
    const live = connection.live() ?? (await this.#open(request));
    if (live instanceof SecretValue || live === SESSION_GONE) return live;
    if (connection.live() !== live) return SESSION_GONE;
    live.touch();
    const key = keyFor(target, handle, live);
    const hit = this.#cache.hit(key, call.minSequence);
    if (hit !== undefined) return this.#hit(target, handle, hit);
    const refusal = this.#cache.refusal(key, call.minSequence);
    if (refusal !== undefined) throw refusal;
    this.#counter.miss();
    try {
      return await this.#wait(this.#read(key, request, live), call, (entry) =>
        // While one session has expired and the next is not open, nothing is delivered, whenever it was requested.
        connection.live()?.identity === live.identity ? this.#value(target, entry, { source: "vault" }) : SESSION_GONE,
      );
    } catch (thrown) {
      const error = toSecretError(thrown);
      if (error.code === "unauthenticated" && !reopened) return "reopen";
      return this.#staleOr(error, key, request);
    }
  }

  /** The key of a target's document for the identity that the connection has now, or had last. */
  key(target: LinkTarget, { connection }: ConnectionHandle): string | undefined {
    const identity = connection.live()?.identity ?? connection.previousIdentity();
    return identity === undefined ? undefined : makeKey(connection, identity, target);
  }

  /** The session, or a value that may be served without one; `SESSION_GONE` if another connection has taken its place. */
  async #open({ target, handle, call }: Request): Promise<LiveSession | SecretValue | SessionGone> {
    const { connection } = handle;
    const previous = this.#serveExpired ? connection.previousIdentity() : undefined;
    const entry = previous && this.#cache.hit(makeKey(connection, previous, target), call.minSequence);
    if (entry) return this.#value(target, entry, { source: "cache", connection: "expired" });
    try {
      return await connection.opened(call.deadline, call.signal);
    } catch (error) {
      if (connection.superseded) return SESSION_GONE;
      throw error;
    }
  }

  /** Joins or starts the read of a document. */
  #read(key: string, { target, handle, call }: Request, live: LiveSession): InFlightRead {
    const { batch, callContext, connection } = handle;
    const document = { key, fingerprint: connection.fingerprint, scope: scopeOf(connection, live.identity) };
    return this.#cache.read(document, call, async (read) => {
      const fresh = this.#cache.mustBeFresh(key, call.minSequence);
      const onSent = (): void => {
        this.#counter.sent(key);
        this.#cache.sent(read);
      };
      const before = this.#cache.store.versionOf(key);
      const result = await readWithRetries(callContext, batch, read, { locator: target.locator, fresh, onSent });
      if (result !== SESSION_GONE && isNewer(result.document, before)) {
        publish("rotated", () => ({ connection: connection.name, provider: connection.config.provider.name }));
      }
      return result;
    });
  }

  /** Waits for a read until it ends, or the caller's time does. `take` makes the caller's result of the document. */
  #wait<Taken>(
    read: InFlightRead,
    { deadline, signal }: ResolveOptions,
    take: (entry: CacheEntry) => Taken,
  ): Promise<Taken | SessionGone> {
    const timeout = { clock: this.#clock, ms: deadline - this.#clock.monotonicMs() };
    return boundedWait({ timeout, signal }, (wait) => {
      read.enter(deadline);
      const onOutcome = (outcome: CacheEntry | SessionGone): void => {
        if (!wait.pending) return;
        try {
          wait.resolve(outcome === SESSION_GONE ? SESSION_GONE : take(outcome));
        } catch (error) {
          wait.reject(error);
        }
      };
      read.outcome.then(onOutcome, (error: unknown) => wait.reject(error));
      return () => this.#cache.leave(read);
    });
  }

  /** An expired value instead of a failure, where the caller and the policy allow it. Throws the failure otherwise. */
  #staleOr(error: SecretError, key: string, { target, handle, call }: Request): SecretValue {
    const { config, name } = handle.connection;
    const { code } = error;
    const allowed = call.allowStale && call.minSequence === 0 && POLICY[code].stale;
    const stale = allowed && handle.connection.live() !== undefined ? this.#cache.store.stale(key, 0) : undefined;
    if (stale === undefined) throw error;
    stale.servedStale(code);
    publish("cache", () => ({ connection: name, provider: config.provider.name, source: "stale", code }));
    return this.#value(target, stale, { source: "stale", cause: code });
  }

  #hit(target: LinkTarget, handle: ConnectionHandle, entry: CacheEntry): SecretValue {
    const { connection } = handle;
    this.#counter.hit();
    this.#ahead?.served(entry, handle, () => this.#refresh(target, handle, entry));
    // Avoids allocating a closure on a hit.
    if (hasSubscribers("cache")) {
      const { name, config } = connection;
      publish("cache", () => ({ connection: name, provider: config.provider.name, source: "cache" }));
    }
    const bytes = entry.select(target.fieldKey, target.field);
    return new SecretValue(bytes, entry.provenance, entry.seq, this.#cache.store.age(entry));
  }

  /** Reads a stored document again, in the background of the call that it serves. */
  async #refresh(target: LinkTarget, handle: ConnectionHandle, { seq }: CacheEntry): Promise<void> {
    const live = handle.connection.live();
    if (live === undefined) return;
    const call = {
      deadline: this.#clock.monotonicMs() + this.#attemptMs,
      signal: undefined,
      minSequence: seq,
      allowStale: false,
      env: undefined,
      keepsLeases: true,
    };
    await this.#wait(this.#read(keyFor(target, handle, live), { target, handle, call }, live), call, () => undefined);
  }

  #value(
    target: LinkTarget,
    entry: CacheEntry,
    provenance: Pick<Provenance, "source" | "cause" | "connection">,
  ): SecretValue {
    const bytes = entry.select(target.fieldKey, target.field);
    const ageMs = this.#cache.store.age(entry);
    return new SecretValue(bytes, { ...entry.provenance, ...provenance, ageMs }, entry.seq);
  }
}

/** Whether the vault has another version of a document than the stored one. */
function isNewer(document: SecretDocument | undefined, before: string | undefined): boolean {
  return before !== undefined && document?.version !== undefined && document.version !== before;
}
