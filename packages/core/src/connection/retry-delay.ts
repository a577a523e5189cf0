import { POLICY } from "../errors/codes.ts";
import type { SecretError } from "../errors/secret-error.ts";
import { backoffMs } from "./backoff.ts";
import type { RetryBudget } from "./retry-budget.ts";

const ATTEMPTS = 3;
const STEP_MS = 200;
const CAP_MS = 5000;
/** What is not worth starting: an attempt with less than this left, in ms. */
export const MARGIN_MS = 250;
/** The longest a server's number makes a connection wait, in ms: a larger one is a mistake, or malice. */
const LONGEST_WAIT_MS = 5 * 60_000;

/** How long a server asks to be left alone, within reason, in ms. */
export function boundedWaitMs(askedMs: number): number {
  return Math.min(askedMs, LONGEST_WAIT_MS);
}

/**
 * Ms to wait before the same call is sent again, or `undefined` when it is not to be. The one rule for reading and for
 * opening; takes from the budget.
 */
export function retryDelayMs(
  error: SecretError,
  about: {
    readonly attempt: number;
    readonly leftMs: number;
    readonly random: () => number;
    readonly retryBudget: RetryBudget;
  },
): number | undefined {
  const { attempt, leftMs, random, retryBudget } = about;
  if (attempt >= ATTEMPTS || POLICY[error.code].retry !== true) return undefined;
  const delay = error.details.retryAfterMs ?? backoffMs(attempt, random(), STEP_MS, CAP_MS);
  if (!(delay + MARGIN_MS <= leftMs)) return undefined;
  return retryBudget.spend() ? delay : undefined;
}
