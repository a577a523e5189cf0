import { POLICY } from "../errors/codes.ts";
import type { SecretError } from "../errors/secret-error.ts";

const MAX_ATTEMPTS = 3;
const STEP_MS = 200;
const CAP_MS = 5000;
/** An attempt that has less time left than this, in ms, is not started. */
export const MIN_ATTEMPT_MS = 250;
/** The longest that a server's `Retry-After` makes a connection wait, in ms: a larger one is a mistake, or malicious. */
const MAX_RETRY_AFTER_MS = 5 * 60_000;
const BUDGET = 10;
const BUDGET_PER_SUCCESS = 0.1;

/**
 * How many retries a connection may still make: at most ten, and a tenth more with each success, so that an outage adds
 * no more than 10 % of load.
 */
export class RetryBudget {
  #left = BUDGET;

  /** Takes one retry, if there is one. */
  spend(): boolean {
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  succeeded(): void {
    this.#left = Math.min(BUDGET, this.#left + BUDGET_PER_SUCCESS);
  }
}

/** What a server's `Retry-After` counts for, in ms. */
export function boundedRetryAfterMs(retryAfterMs: number): number {
  return Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);
}

/** Exponential backoff with full jitter, in ms. `failures` counts from 1; `random` is in [0, 1). */
export function backoffMs(failures: number, random: number, stepMs: number, capMs: number): number {
  return random * Math.min(capMs, stepMs * 2 ** Math.min(failures - 1, 30));
}

/** Ms to wait before a call is retried, or `undefined` if it is not. One rule for reads and logins; spends the budget. */
export function retryDelayMs(
  error: SecretError,
  call: {
    /** The number of the attempt that failed, from 1. */
    readonly attempt: number;
    readonly leftMs: number;
    readonly random: () => number;
    readonly retryBudget: RetryBudget;
  },
): number | undefined {
  const { attempt, leftMs, random, retryBudget } = call;
  if (attempt >= MAX_ATTEMPTS || POLICY[error.code].retry !== true) return undefined;
  const delay = error.details.retryAfterMs ?? backoffMs(attempt, random(), STEP_MS, CAP_MS);
  if (!(delay + MIN_ATTEMPT_MS <= leftMs)) return undefined;
  return retryBudget.spend() ? delay : undefined;
}
