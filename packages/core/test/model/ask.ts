import type { SecretValue } from "../../src/secret-value.ts";
import type { Instant } from "./facts.ts";

/** One caller's `get`, and what became of it. */
export interface Ask {
  readonly id: number;
  readonly doc: number;
  readonly refresh: boolean;
  readonly allowStale: boolean;
  readonly at: Instant;
  readonly ttlMs: number;
  readonly controller: AbortController;
  settled: boolean;
}

/** A value that was handed out: it must never change. */
export interface Delivered {
  readonly value: SecretValue;
  readonly text: string;
}
