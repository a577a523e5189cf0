import type { SampledClock } from "../time/sampled-clock.ts";
import type { Clock } from "../time/clock.ts";
import type { Provider } from "../contract/provider.ts";
import type { Lent } from "./lent.ts";

/** What a connection needs of the vault it belongs to. */
export interface ConnectionDependencies {
  readonly clock: Clock;
  readonly now: SampledClock;
  readonly random: () => number;
  readonly openMs: number;
  readonly interactiveOpenMs: number;
  readonly attemptMs: number;
  /** Drops the connection's documents and ends its reads with `error`; returns how many went. */
  readonly drop: (error: unknown) => number;
  /** The vault may answer otherwise now. */
  readonly clearNegativeCache: () => void;
}

export interface ConnectionConfig extends Lent {
  readonly name: string;
  readonly provider: Provider;
  readonly fingerprint: string;
  /** What it is configured with, whatever the environment. */
  readonly definition: string;
  /** Whether a read may open it. */
  readonly onDemand: boolean;
  readonly maxSessionMs: number;
}
