import { assertVaultOptions } from "../assert-options.ts";
import { Cache } from "../cache/cache.ts";
import { Reaper } from "../cache/reaper.ts";
import { Shelf } from "../cache/shelf.ts";
import { Store } from "../cache/store.ts";
import { Present } from "../cache/time.ts";
import { type Clock, systemClock } from "../clock.ts";
import { SecretError } from "../errors/secret-error.ts";
import type { About, Surroundings } from "../lifecycle/about.ts";
import { Connection } from "../lifecycle/connection.ts";
import { Links } from "../links.ts";
import { type Patience, patience } from "../race.ts";
import { Batch } from "../resolver/batch.ts";
import type { Line } from "../resolver/call.ts";
import type { Wired } from "../resolver/named-connection.ts";
import { Registry } from "../resolver/registry.ts";
import { type Call, Resolver } from "../resolver/resolver.ts";
import { Slots } from "../resolver/slots.ts";
import { type Settings, settingsOf } from "../settings.ts";
import type { GetOptions, VaultOptions } from "../vault-api.ts";
import { Failures } from "./failures.ts";

/** The parts of one vault, wired together. */
export interface Engine {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly cache: Cache;
  readonly links: Links;
  readonly registry: Registry;
  readonly resolver: Resolver;
  readonly failures: Failures;
}

/** Throws `invalid_config` for options that can't be meant. */
export function makeEngine(options: VaultOptions): Engine {
  assertVaultOptions(options);
  const { connections, env, links = {}, clock = systemClock(), random = Math.random } = options;
  const settings = settingsOf(options);
  const now = new Present(clock);
  const shelf = new Shelf({ now, store: new Store(settings), reaper: new Reaper(clock), ...settings });
  const cache = new Cache(shelf, now);
  const wire = (about: About): Wired => {
    const { fingerprint } = about;
    const around: Surroundings = {
      ...{ clock, now, random, ...settings },
      drop: (error) => cache.dropConnection(fingerprint, error),
      forgetRefusals: () => cache.forgetRefusals(fingerprint),
    };
    const connection = new Connection(about, around);
    const slots = new Slots(settings.concurrency);
    const line: Line = { clock, now, random, slots, connection, attemptMs: settings.attemptMs };
    return { connection, line, batch: new Batch(line), users: 0 };
  };
  const forget = (fingerprint: string): void => cache.forgetConnection(fingerprint);
  const registry = new Registry({ connections, env, wire, forget });
  const resolver = new Resolver({ cache, registry, clock, now, serveExpired: settings.serveExpired });
  return { settings, clock, cache, links: new Links(links), registry, resolver, failures: new Failures() };
}

/** What bounds one call: its deadline counts from now. Throws `invalid_config` for options that can't be meant. */
export function callOf({ cache, clock, settings }: Engine, options: GetOptions): Call {
  const { deadlineMs = settings.deadlineMs, env } = options;
  if (typeof deadlineMs !== "number" || !(deadlineMs > 0)) {
    throw new SecretError("invalid_config", "deadlineMs is a number of milliseconds above 0.");
  }
  if (env !== undefined && (typeof env !== "object" || env === null)) {
    throw new SecretError("invalid_config", "env is an object of variables, such as process.env.");
  }
  return {
    deadline: clock.hr() + deadlineMs,
    signal: options.signal,
    notBefore: options.refresh ? cache.mark() : 0,
    allowStale: options.allowStale ?? true,
    env,
  };
}

/** How long a call waits for what its deadline does not cover otherwise. */
export function patienceOf({ clock }: Engine, { deadline, signal }: Call): Patience {
  return patience(clock, deadline - clock.hr(), signal);
}

/** What a connection's links failed with says nothing any more: it was opened or reset since. */
export function forgetFailures({ failures, links }: Engine, connection: string): void {
  for (const link of links.all()) if (link.target?.connection === connection) failures.forget(link.name);
}

/** Every connection there is, of every name and environment. */
export function* everyConnection({ registry }: Engine): Generator<Connection> {
  for (const named of registry.all()) for (const { connection } of named.wired.values()) yield connection;
}

export function closed(): SecretError {
  return new SecretError("aborted", "The vault was closed.");
}
