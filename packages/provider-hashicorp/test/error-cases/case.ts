import type { ErrorCode } from "@vaultlink/core/provider";

/** An answer of the vault, and what is made of it. */
export interface Case {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly code: ErrorCode;
  readonly message: string;
  readonly reason?: string;
  readonly retryAfterMs?: number;
  readonly hint?: string;
}

export const NOT_THE_VAULT = "The answer did not come from the vault, but from something in between.";
