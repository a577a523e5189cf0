import { SecretError } from "@vaultlink/core/provider";

/** A promise that ends with its signal, whatever the SDK does. Throws `aborted`; the promise is left to itself. */
export async function raced<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: given, resolve, reject } = Promise.withResolvers<T>();
  const cancel = (): void => reject(new SecretError("aborted", "The call was cancelled."));
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  promise.then(resolve, reject);
  try {
    return await given;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
