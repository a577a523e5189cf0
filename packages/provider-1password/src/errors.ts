import { type ErrorCode, type ErrorDetails, parseRetryAfter, SecretError } from "@vaultlink/core/provider";
import { findRow, type Row } from "./rows/row.ts";
import type { Seen } from "./seen.ts";

/** A failure as it crosses from the thread: nothing of the SDK's is in it. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** What a failure means, by the rows of a way to sign in. */
export function judge(rows: readonly Row[], seen: Seen): Failure {
  const row = findRow(rows, seen);
  const wait = parseRetryAfter(seen.retryAfter, Date.now());
  const native = nativeOf(seen);
  return {
    code: row?.code ?? "internal",
    message: row?.message ?? "1Password, or its SDK, failed in a way we do not know.",
    details: {
      ...(native && { native }),
      ...(row?.hint !== undefined && { hint: row.hint }),
      ...(row?.reason !== undefined && { reason: row.reason }),
      ...(wait !== undefined && row?.code === "throttled" && { retryAfterMs: wait }),
    },
  };
}

/** The failure as an error of ours. */
export function toError({ code, message, details }: Failure): SecretError {
  return new SecretError(code, message, details);
}

/** A word of the SDK's, Node's code and the status; all of them fixed, none of them a text. */
function nativeOf({ type, network, status }: Seen): ErrorDetails["native"] {
  const native = {
    ...(type !== undefined && { name: type }),
    ...(network !== undefined && { code: network }),
    ...(status !== undefined && status >= 300 && { status }),
  };
  return Object.keys(native).length > 0 ? native : undefined;
}
