import type { ErrorCode } from "@vaultlink/core/provider";
import type { Seen } from "../seen.ts";

/** One kind of failure: when it is meant, and what we make of it. All conditions of a row must hold. */
export interface Row {
  /** Only if the SDK's text ends with one of these, or goes on with what it had to say of the cause. */
  readonly says?: readonly string[];
  /** Or, in a batch, if the failure is of one of these types. */
  readonly types?: readonly string[];
  /** Only if what was thrown is of one of these classes of the SDK. */
  readonly thrown?: readonly string[];
  /** Only if the last answer had one of these statuses. */
  readonly status?: readonly number[];
  /** Only if no answer came, for one of these reasons, as beginnings of Node's codes. */
  readonly network?: readonly string[];
  /** Only if the vault, or something before it, led elsewhere. */
  readonly elsewhere?: true;
  readonly code: ErrorCode;
  /** No two rows say the same, so that a message tells its row. */
  readonly message: string;
  readonly hint?: string;
  readonly reason?: string;
}

/** The first row that fits. */
export function findRow(rows: readonly Row[], seen: Seen): Row | undefined {
  return rows.find((row) => {
    if (row.elsewhere !== undefined && seen.elsewhere === undefined) return false;
    if (row.thrown?.includes(seen.thrown ?? "") === false) return false;
    if (row.status?.includes(seen.status ?? 0) === false) return false;
    if (row.network?.some((code) => seen.network?.startsWith(code)) === false) return false;
    if (row.says === undefined && row.types === undefined) return true;
    return seen.type === undefined
      ? row.says?.some((words) => seen.text.includes(words)) === true
      : row.types?.includes(seen.type) === true;
  });
}
