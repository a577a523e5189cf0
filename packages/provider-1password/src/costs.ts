/** What reading costs on a line: decides whether many are read singly or together. */
export interface Costs {
  /** Requests of one batch by names, in so many vaults. One by its ids is one request everywhere. */
  readonly ofBatch: (vaults: number) => number;
  /** Jobs that the line does at a time. */
  readonly atOnce: number;
}

/** The SDK lists the vaults, and asks each vault twice. Its thread does one job at a time. */
export const SDK_COSTS: Costs = { ofBatch: (vaults) => 1 + 2 * vaults, atOnce: 1 };

/** A Connect server gives one item a request: whatever is known by its ids is best asked for so. */
export const CONNECT_COSTS: Costs = { ofBatch: () => Infinity, atOnce: 8 };
