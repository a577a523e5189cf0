import type { ErrorCode } from "@vaultlink/core/provider";
import type { Peer } from "../exchanges.ts";
import type { AuthMethod } from "../options.ts";

/** What was being done when it failed. */
export type During = "login" | "read" | "list";

/** One kind of failure: when it is meant, and what we make of it. All conditions of a row must hold. */
export interface Row {
  readonly during?: During;
  /** Who was asked last; `"nobody"`: the SDK failed without asking anybody. */
  readonly peer?: Peer | "nobody";
  readonly status?: readonly number[];
  /** Whether the answer is in the form of who should have given it. @default true, where somebody answered */
  readonly genuine?: false;
  /** What the vault or Entra calls it. */
  readonly errors?: readonly string[];
  /** What the vault gives as the reason. */
  readonly inner?: readonly string[];
  /** Entra's numbers; an empty list stands for any. */
  readonly numbers?: readonly number[];
  /** Beginnings of Node's code. */
  readonly codes?: readonly string[];
  /** Only if one request took longer than it may. */
  readonly late?: true;
  /** Names of the SDK's errors. */
  readonly names?: readonly string[];
  /** Only where one of these signs in. */
  readonly methods?: readonly AuthMethod[];
  /** Only if the refusal, or else the SDK, says one of these, in lower case. */
  readonly says?: readonly string[];
  /** Only if a program that was started to sign in says this. */
  readonly program?: RegExp;
  readonly code: ErrorCode;
  /** No two rows say the same, so that a message tells its row. */
  readonly message: string;
  /** `true`: the command that gives new credentials, which depends on the way of signing in. */
  readonly hint?: string | true;
  readonly reason?: string;
}
