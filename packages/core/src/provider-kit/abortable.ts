import { SecretError } from "../errors/secret-error.ts";

/** What to throw once a caller's signal has aborted. */
export function cancelled(): SecretError {
  return new SecretError("aborted", "The call was cancelled.");
}

/**
 * Waits for a promise no longer than until the signal aborts, whatever an SDK does. Throws `aborted` then; the promise is
 * left to itself, and its late rejection is nobody's.
 */
export async function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise: first, resolve, reject } = Promise.withResolvers<Value>();
  const cancel = (): void => reject(cancelled());
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  promise.then(resolve, reject);
  try {
    return await first;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
