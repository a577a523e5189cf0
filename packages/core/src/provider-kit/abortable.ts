import { SecretError } from "../errors/secret-error.ts";

/** A promise that ends with a signal, for work that ignores it. Throws `aborted` then; the work is left to itself. */
export async function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise: first, resolve, reject } = Promise.withResolvers<Value>();
  const cancel = (): void => reject(new SecretError("aborted", "The call was cancelled."));
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  promise.then(resolve, reject);
  try {
    return await first;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
