import { isSecretError, parseRetryAfter, SecretError } from "@vaultlink/core/provider";
import { findRow } from "./rows.ts";
import type { During, Row } from "./rows/row.ts";
import { see, type Seen } from "./seen.ts";

/** What an error needs to know beside itself. */
export interface Circumstances {
  readonly during: During;
  /** The command that gives new credentials. */
  readonly hint?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Turns what the SDK threw into our error. Of the original only machine words remain: the rest may hold a signature. */
export function refusal(thrown: unknown, { during, hint, signal }: Circumstances): SecretError {
  // Also an error of ours that passed through the SDK, which writes on whatever passes.
  if (isSecretError(thrown)) return new SecretError(thrown.code, thrown.message, thrown.details);
  if (signal?.aborted) return new SecretError("aborted", "The call was cancelled.");
  return judge(see(thrown), during, hint);
}

/** What a failure means that was seen elsewhere, e.g. in another thread or inside a batch. */
export function judge(seen: Seen, during: During, hint?: string): SecretError {
  const row: Row | undefined = findRow(seen, during);
  const command = row?.hint === true ? hint : row?.hint;
  const wait = parseRetryAfter(seen.retryAfter, Date.now());
  const native = nativeOf(seen);
  return new SecretError(row?.code ?? "internal", row?.message ?? "AWS, or its SDK, failed in a way we do not know.", {
    ...(native && { native }),
    ...(command !== undefined && { hint: command }),
    ...(row?.reason !== undefined && { reason: row.reason }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
}

function nativeOf({ name, code, status, requestId }: Seen): SecretError["details"]["native"] {
  const word = (held: string | undefined): held is string => held !== undefined && /^[\w.:-]{1,100}$/.test(held);
  const native = {
    ...(word(name) && { name }),
    ...(word(code) && { code }),
    ...(status !== undefined && { status }),
    ...(word(requestId) && { requestId }),
  };
  return Object.keys(native).length > 0 ? native : undefined;
}
