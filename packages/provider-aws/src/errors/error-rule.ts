import type { ErrorRule } from "@vaultlink/core/provider";
import type { Via } from "../credentials/origin.ts";

/** What was being done when it failed: the same word of AWS means different things. */
export type During = "read" | "batch" | "list" | "version" | "role" | "credentials" | "lookup";

/**
 * One kind of failure of AWS's or its SDK's. Each of the texts that it says has a blank or a colon in it, which no name in
 * such a text has.
 */
export interface AwsErrorRule extends ErrorRule {
  readonly during?: readonly During[];
  /** Only if credentials were looked for so, where that is known. */
  readonly via?: readonly Via[];
  /** Only if something answered and named no error of AWS's. */
  readonly unnamed?: true;
}
