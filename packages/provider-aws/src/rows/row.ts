import type { ErrorCode } from "@vaultlink/core/provider";
import type { Via } from "../credentials/via.ts";

/** What was being done when it failed: the same word of AWS means different things. */
export type During = "read" | "batch" | "list" | "version" | "role" | "credentials" | "lookup";

/** One kind of failure: when it is meant, and what we make of it. All conditions of a row must hold. */
export interface Row {
  readonly during?: readonly During[];
  /** Beginnings of the error's name. */
  readonly names?: readonly string[];
  /** 0: nobody answered. */
  readonly status?: readonly number[];
  /** Only if credentials were looked for so, where that is known. */
  readonly via?: readonly Via[];
  /** Beginnings of Node's code. */
  readonly codes?: readonly string[];
  /** Only if the text contains one of these: each has a blank or a colon in it, which no name in such a text has. */
  readonly says?: readonly string[];
  /** Only if something answered and named no error of AWS's. */
  readonly unnamed?: true;
  readonly code: ErrorCode;
  /** No two rows say the same, so that a message tells its row. */
  readonly message: string;
  /** `true`: the command that gives new credentials, which depends on where they came from. */
  readonly hint?: string | true;
  readonly reason?: string;
}
