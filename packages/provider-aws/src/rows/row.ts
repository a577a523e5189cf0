import type { ErrorCode } from "@vaultlink/core";

/** What was being done when it failed: the same word of AWS means different things. */
export type During = "read" | "batch" | "list" | "role" | "credentials";

/** One kind of failure: when it is meant, and what we make of it. All conditions of a row must hold. */
export interface Row {
  readonly during?: readonly During[];
  /** Beginnings of the error's name. */
  readonly names?: readonly string[];
  readonly status?: readonly number[];
  /** Beginnings of Node's code. */
  readonly codes?: readonly string[];
  /** Only if the text contains one of these. */
  readonly says?: readonly string[];
  /** Only if something answered and named no error of AWS's. */
  readonly unnamed?: true;
  readonly code: ErrorCode;
  /** No two rows say the same, so that a message tells its row. */
  readonly message: string;
  /** `true`: the command that gives new credentials, which depends on where they came from. */
  readonly mend?: string | true;
  readonly reason?: string;
}
