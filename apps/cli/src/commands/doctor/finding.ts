import { type Clock, type ErrorCode, isSecretError, SecretError } from "@vaultlink/core";

/** One thing that was looked at. */
export interface Finding {
  /** The connection it is about; absent for what concerns all of them. */
  readonly connection?: string;
  /** What was looked at, e.g. `dns`. */
  readonly check: string;
  readonly state: "ok" | "failed" | "skipped";
  readonly message: string;
  /** Decides the exit status, where it failed. */
  readonly code?: ErrorCode;
  /** What helps: a command, or a sentence. */
  readonly hint?: string;
  /** How long it took, in ms. */
  readonly ms?: number;
}

/** What went well, or need not be looked at. */
export const ok = (check: string, message: string): Finding => ({ check, state: "ok", message });
export const skipped = (check: string, message: string, hint?: string): Finding => ({
  ...{ check, state: "skipped", message },
  ...(hint !== undefined && { hint }),
});

/** What failed, by its code. Every one has a hint. */
export const failed = (check: string, code: ErrorCode, message: string, hint: string): Finding => ({
  ...{ check, state: "failed", code, message, hint },
});

/**
 * What a step comes to, and how long it took. A `SecretError` is a finding, with `hint` where it has none of its own; any
 * other failure is thrown on.
 */
export async function measure(
  clock: Clock,
  check: string,
  { work, hint }: { readonly work: () => Promise<Finding>; readonly hint: string },
): Promise<Finding> {
  const before = clock.monotonicMs();
  const took = (): number => Math.round(clock.monotonicMs() - before);
  try {
    return { ...(await work()), ms: took() };
  } catch (error) {
    if (!isSecretError(error) || error.code === "aborted") throw error;
    return { ...failed(check, error.code, error.message, error.details.hint ?? hint), ms: took() };
  }
}

/** The failures as the errors that they were. */
export const errorsOf = (findings: readonly Finding[]): readonly SecretError[] =>
  findings.flatMap(({ state, code, message }) =>
    state === "failed" && code !== undefined ? [new SecretError(code, message)] : [],
  );
