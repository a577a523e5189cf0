import type { SampledClock } from "../time/sampled-clock.ts";
import type { Clock } from "../time/clock.ts";
import type { Provider } from "../contract/provider.ts";
import type { Env } from "../types.ts";

/** The part of the caller's environment that each `Context` of a connection contains. */
export interface ContextEnv {
  /** The variables that the provider declared, and no others. */
  readonly env: Env;
  /** All variables but our own, for programs started for credentials. */
  readonly programEnv: Env;
}

export interface ConnectionConfig extends ContextEnv {
  readonly name: string;
  readonly provider: Provider;
  readonly fingerprint: string;
  /** What it is configured with, whatever the environment; see `Fingerprints.definition`. */
  readonly definition: string;
  /** Whether a read may open it. */
  readonly onDemand: boolean;
  readonly maxSessionMs: number;
}

/** What a connection needs of the vault it belongs to. */
export interface ConnectionDependencies {
  readonly clock: Clock;
  readonly now: SampledClock;
  readonly random: () => number;
  readonly openMs: number;
  readonly interactiveOpenMs: number;
  readonly attemptMs: number;
  /** Drops the connection's documents and ends its reads, as `Cache.dropConnection`. Returns how many went. */
  readonly drop: (error?: unknown) => number;
  /** The vault may answer differently now: forgets its refusals. */
  readonly clearNegativeCache: () => void;
}

/** All variables but our own, for programs started for credentials. They are no part of a connection's fingerprint. */
export function programEnvOf(env: Env): Env {
  // On Windows, names are case-insensitive.
  const others = Object.keys(env).filter((name) => !name.toUpperCase().startsWith("VAULTLINK_"));
  return Object.fromEntries(others.map((name) => [name, env[name]]));
}

/** Only the environment out of something that has one. */
export function contextEnv({ env, programEnv }: ContextEnv): ContextEnv {
  return { env, programEnv };
}
