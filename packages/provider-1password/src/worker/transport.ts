import { findErrorCode, readBytes } from "@vaultlink/core/provider";
import type { SignIn } from "../protocol.ts";
import { TOO_LARGE } from "../errors/service-account.ts";
import type { LastExchange } from "../sdk-error.ts";

/** The thread's one way out, put in the place of `fetch`, which the SDK looks up at each call. */
export interface Transport {
  /** Forgets what earlier calls showed. */
  readonly begin: () => void;
  /** What the last exchange since then showed. */
  readonly lastExchange: () => LastExchange;
}

/** Where requests may go, and for how long. Without an origin none may go anywhere. */
export type Reader = Pick<SignIn, "requestTimeoutMs" | "sent"> & { readonly origin: string | undefined };

/** Bytes, unpacked: 1Password's files have 50 MB at most, and what is around them is text. */
const MAX_BODY = 64 * 1024 * 1024;

/** Lets requests go to one host only, counts them, follows no redirect, waits no longer than it may, and notes what it saw. */
export function guardFetch({ origin, requestTimeoutMs, sent }: Reader): Transport {
  const counter = new Int32Array(sent);
  const plain = globalThis.fetch;
  let error: LastExchange = {};
  const elsewhere = (): never => {
    error = { ...error, elsewhere: true };
    throw new TypeError("Refused to ask another host.");
  };
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    error = {};
    if (new URL(request.url).origin !== origin) return elsewhere();
    const timeout = AbortSignal.timeout(requestTimeoutMs);
    Atomics.add(counter, 0, 1);
    try {
      const response = await plain(
        new Request(request, { redirect: "manual", signal: AbortSignal.any([request.signal, timeout]) }),
      );
      const retryAfter = response.headers.get("retry-after");
      error = { status: response.status, ...(retryAfter !== null && { retryAfter }) };
      if (response.status >= 300 && response.status < 400) return elsewhere();
      return await whole(response);
    } catch (thrown) {
      const code = timeout.aborted ? "TimeoutError" : findErrorCode(thrown);
      if (code !== undefined) error = { ...error, code };
      throw thrown;
    }
  };
  return {
    begin: () => {
      error = {};
    },
    lastExchange: () => error,
  };
}

/** The same answer, read up to a limit: the SDK takes whatever comes. */
async function whole(response: Response): Promise<Response> {
  if (response.body === null) return response;
  const tooLarge = (): Error => Object.assign(new TypeError("The answer is too large."), { code: TOO_LARGE });
  const bytes = await readBytes(response.body, MAX_BODY, tooLarge);
  const { headers, status, statusText, url } = response;
  // The SDK asks for the address, which an answer that is made here has not.
  return Object.defineProperty(new Response(new Uint8Array(bytes), { headers, status, statusText }), "url", {
    value: url,
  });
}
