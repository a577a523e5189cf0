import { isSecretError, parseRetryAfter, SecretError } from "@vaultlink/core/provider";
import type { Exchange } from "./exchanges.ts";
import type { AuthMethod } from "./options.ts";
import { findRow } from "./rows.ts";
import type { During } from "./rows/row.ts";
import { see, type Seen } from "./seen.ts";

/** What an error needs to know beside itself. */
export interface Circumstances {
  readonly during: During;
  readonly exchanges: readonly Exchange[];
  /** The command that gives new credentials. */
  readonly hint: string;
  /** How is being signed in. */
  readonly method?: AuthMethod;
  readonly signal?: AbortSignal;
}

/** Turns what the SDK threw into our error. Of the original only machine words remain: the rest may hold a token. */
export function refusal(thrown: unknown, { during, exchanges, hint, method, signal }: Circumstances): SecretError {
  // Also an error of ours that passed through the SDK, which writes on whatever passes.
  if (isSecretError(thrown)) return new SecretError(thrown.code, thrown.message, thrown.details);
  if (signal?.aborted) return new SecretError("aborted", "The call was cancelled.");
  return judge(see(thrown, exchanges, method), during, hint);
}

/** What a failure means that was seen elsewhere, e.g. in another thread. */
export function judge(seen: Seen, during: During, hint: string): SecretError {
  const row = findRow(seen, during);
  const command = row?.hint === true ? hint : row?.hint;
  const wait = parseRetryAfter(seen.exchange?.retryAfter, Date.now());
  const native = nativeOf(seen);
  return new SecretError(row?.code ?? "internal", row?.message ?? "Azure's SDK failed in a way we do not know.", {
    ...(native && { native }),
    ...(command !== undefined && { hint: command }),
    ...(row?.reason !== undefined && { reason: row.reason }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
}

function nativeOf({ name, exchange }: Seen): SecretError["details"]["native"] {
  const { status, requestId, numbers, error, inner, code } = exchange ?? {};
  const number = numbers?.[0];
  const called = number === undefined ? (inner ?? error ?? code) : `AADSTS${number}`;
  const native = {
    ...(isWord(name) && { name }),
    ...(isWord(called) && { code: called }),
    ...(status !== undefined && { status }),
    ...(isWord(requestId) && { requestId }),
  };
  return Object.keys(native).length > 0 ? native : undefined;
}

const isWord = (held: string | undefined): held is string => held !== undefined && /^[\w.:-]{1,100}$/.test(held);
