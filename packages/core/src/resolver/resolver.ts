import type { Cache } from "../cache/cache.ts";
import type { Entry } from "../cache/entry.ts";
import { MOVED } from "../cache/flights.ts";
import type { Read } from "../cache/read.ts";
import type { Present } from "../cache/time.ts";
import type { Clock } from "../clock.ts";
import { isHeard, publish } from "../diagnostics.ts";
import { type ErrorCode, POLICY } from "../errors/policy.ts";
import { SecretError } from "../errors/secret-error.ts";
import { wrap } from "../errors/wrap.ts";
import type { Connection } from "../lifecycle/connection.ts";
import type { LiveSession } from "../lifecycle/live-session.ts";
import type { Target } from "../links.ts";
import { patience } from "../race.ts";
import { type Provenance, SecretValue } from "../secret-value.ts";
import type { Env } from "../vault-api.ts";
import type { NamedConnection, Wired } from "./named-connection.ts";
import type { Registry } from "./registry.ts";
import { readWithRetries } from "./retry.ts";

/** One caller's request, with everything that bounds it. */
export interface Call {
  /** By `hr`, in ms. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  /** Only what is sent after this number counts; 0 for whatever is fresh. */
  readonly notBefore: number;
  readonly allowStale: boolean;
  readonly env: Env | undefined;
}

/** From a target to its value: connection, key, cache, flight, vault. Knows neither names nor terminals nor files. */
export class Resolver {
  readonly #cache: Cache;
  readonly #registry: Registry;
  readonly #clock: Clock;
  readonly #now: Present;
  readonly #serveExpired: boolean;
  hits = 0;
  misses = 0;

  constructor(parts: { cache: Cache; registry: Registry; clock: Clock; now: Present; serveExpired: boolean }) {
    this.#cache = parts.cache;
    this.#registry = parts.registry;
    this.#clock = parts.clock;
    this.#now = parts.now;
    this.#serveExpired = parts.serveExpired;
  }

  /** The value, if it is there to be handed out this instant: nothing is opened, awaited or read. */
  peek(target: Target, named: NamedConnection): SecretValue | undefined {
    const { current } = named;
    if (current === undefined) return undefined;
    this.#now.look();
    const live = current.connection.liveAsOfNow();
    if (live === undefined) return undefined;
    const entry = this.#cache.shelf.fresh(keyOf(target, current, live), 0);
    if (entry === undefined) return undefined;
    live.touch();
    return this.#hit(target, current, entry);
  }

  /** The value, read from the vault where that is needed. Rejects with a `SecretError`. */
  async resolve(target: Target, call: Call): Promise<SecretValue> {
    const named = this.#registry.expect(target.connection);
    const wait = patience(this.#clock, call.deadline - this.#clock.hr(), call.signal);
    const how = { wait, ...(call.env && { env: call.env }) };
    for (let reopened = false; ;) {
      const outcome = await this.#registry.use(named, how, (wired) => this.#once(target, wired, call, reopened));
      if (outcome instanceof SecretValue) return outcome;
      if (outcome === "reopen") reopened = true;
    }
  }

  /** The value, or why it is to be asked for again: the session is gone, or the vault takes its credentials no more. */
  async #once(target: Target, wired: Wired, call: Call, reopened: boolean): Promise<SecretValue | "moved" | "reopen"> {
    const { connection } = wired;
    const live = connection.live() ?? (await this.#open(target, wired, call));
    if (live instanceof SecretValue) return live;
    if (live === undefined || connection.live() !== live) return "moved";
    live.touch();
    const key = keyOf(target, wired, live);
    const hit = this.#cache.hit(key, call.notBefore);
    if (hit !== undefined) return this.#hit(target, wired, hit);
    const refusal = this.#cache.refusal(key, call.notBefore);
    if (refusal !== undefined) throw refusal;
    this.misses++;
    const read = this.#read(key, target, wired, live, call);
    try {
      const value = await this.#wait(read, call, (entry) =>
        // Between the lapse of a session and the next one nothing is given, not even what was asked for before.
        connection.live()?.identity === live.identity ? this.#value(target, entry, { source: "vault" }) : undefined,
      );
      return value ?? "moved";
    } catch (thrown) {
      if (thrown === MOVED) return "moved";
      const error = wrap(thrown);
      if (error.code === "unauthenticated" && !reopened) return "reopen";
      const stale = this.#stale(key, wired, error.code, call);
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
  key(target: Target, wired: Wired): string | undefined {
    const identity = wired.connection.live()?.identity ?? wired.connection.formerIdentity();
    return identity === undefined ? undefined : makeKey(wired.connection, identity, target);
  }

  /** The session, or a value that may answer without one; `undefined` where another connection has taken its place. */
  async #open(target: Target, { connection }: Wired, call: Call): Promise<LiveSession | SecretValue | undefined> {
    const former = this.#serveExpired ? connection.formerIdentity() : undefined;
    const entry = former && this.#cache.hit(makeKey(connection, former, target), call.notBefore);
    if (entry) return this.#value(target, entry, { source: "cache", connection: "expired" });
    try {
      return await connection.opened(call.deadline, call.signal);
    } catch (error) {
      if (connection.superseded) return undefined;
      throw error;
    }
  }

  #read(key: string, target: Target, { connection, line, batch }: Wired, live: LiveSession, call: Call): Read {
    const { fingerprint } = connection;
    const document = { key, fingerprint, scope: scopeOf(connection, live.identity) };
    return this.#cache.read(document, call.notBefore, (read) => {
      // Its first waiter enters once it is under way; until then it would seem to have no time at all.
      read.deadline = call.deadline;
      const fresh = this.#cache.mustBeFresh(key, call.notBefore);
      return readWithRetries(line, batch, read, {
        locator: target.locator,
        fresh,
        onSent: () => this.#cache.sent(read),
      });
    });
  }

  /** Waits for a read until it lands and is taken, or this caller's own time or patience ends. */
  #wait<Taken>(read: Read, call: Call, take: (entry: Entry) => Taken): Promise<Taken> {
    const { signal } = call;
    return new Promise<Taken>((resolve, reject) => {
      read.enter(call.deadline);
      let waiting = true;
      const leave = (): boolean => {
        if (!waiting) return false;
        waiting = false;
        callOff();
        signal?.removeEventListener("abort", cancelled);
        this.#cache.leave(read);
        return true;
      };
      const fail = (error: unknown): void => {
        if (leave()) reject(error);
      };
      const cancelled = (): void => fail(new SecretError("aborted", "The call was cancelled."));
      const late = (): void => fail(new SecretError("timeout", "The vault did not answer in time."));
      const callOff = this.#clock.after(Math.max(0, call.deadline - this.#clock.hr()), late, true);
      signal?.addEventListener("abort", cancelled, { once: true });
      read.landed.then((entry) => {
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

  #stale(key: string, wired: Wired, code: ErrorCode, call: Call): Entry | undefined {
    const allowed = call.allowStale && call.notBefore === 0 && POLICY[code].stale;
    return allowed && wired.connection.live() !== undefined ? this.#cache.shelf.stale(key, 0) : undefined;
  }

  #hit(target: Target, { connection }: Wired, entry: Entry): SecretValue {
    this.hits++;
    if (isHeard("cache")) {
      const { name, about } = connection;
      publish("cache", () => ({ connection: name, provider: about.provider.name, source: "cache" }));
    }
    // Written out, since this is what every hit does: to spread an object here costs as much as all the rest.
    const { version, expiresAt, leased } = entry;
    const ageMs = this.#cache.shelf.age(entry);
    return new SecretValue(entry.select(target.fieldKey, target.field), {
      source: "cache",
      ageMs,
      version,
      expiresAt,
      leased,
    });
  }

  #value(target: Target, entry: Entry, about: Pick<Provenance, "source" | "cause" | "connection">): SecretValue {
    const { version, expiresAt, leased } = entry;
    const bytes = entry.select(target.fieldKey, target.field);
    return new SecretValue(bytes, { ...about, ageMs: this.#cache.shelf.age(entry), version, expiresAt, leased });
  }
}

function keyOf(target: Target, wired: Wired, live: LiveSession): string {
  if (target.hot?.owner === live) return target.hot.key;
  const key = makeKey(wired.connection, live.identity, target);
  target.hot = { owner: live, key };
  return key;
}

/** Configuration, who is asking, which document: never the name of the link, never the field. */
function makeKey(connection: Connection, identity: string, target: Target): string {
  return scopeOf(connection, identity) + target.canonical;
}

/** What the keys of one connection and one identity begin with. */
function scopeOf({ fingerprint }: Connection, identity: string): string {
  return `${fingerprint}.${identity.length}:${identity}.`;
}
