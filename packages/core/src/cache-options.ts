/** How long values are kept, and how many. */
export interface CacheOptions {
  /** Minutes a value is kept: `45`, `"90m"`, `"2h"`; `0` keeps nothing. @default 60 */
  readonly ttl?: number | string;
  /** How long past its expiry a value may be served while the vault cannot be asked, in minutes. @default 0: never */
  readonly staleOnError?: number | string;
  /**
   * Reads a value again before it expires, if it is used then, so that no caller waits for the vault: in this share of its
   * life, e.g. `0.2`, or these minutes before the expiry, e.g. `5` or `"5m"`; never in the first half of its life. These
   * reads count against quotas, and stand in the vault's audit log. @default 0: never
   */
  readonly refreshAhead?: number | string;
  /** What happens to fresh values once the credentials that read them have expired. @default "withhold" */
  readonly onExpired?: "withhold" | "serve";
  /** @default as many as fit `maxBytes` */
  readonly maxEntries?: number;
  /** Bytes of values; without `maxEntries`, a value below 256 bytes counts as 256. @default 16 MiB */
  readonly maxBytes?: number;
}

/** How long a vault is waited for, and how many calls it gets at a time. */
export interface Limits {
  /** A whole call, retries included, in ms. @default 30000 */
  readonly deadlineMs?: number;
  /** One call to the vault, in ms. @default 10000 */
  readonly attemptMs?: number;
  /** Opening a connection: unattended, in ms. @default 30000 */
  readonly openMs?: number;
  /** Opening a connection while a person is asked, in ms. @default 300000 */
  readonly interactiveOpenMs?: number;
  /**
   * The most calls to one vault at a time. It begins with 8, gets more while reads wait for their turn and the vault answers
   * as quickly as before, and half as many when it is overloaded or out of reach. @default 64
   */
  readonly concurrency?: number;
}
