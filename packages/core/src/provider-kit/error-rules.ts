import type { ErrorCode } from "../errors/codes.ts";
import { isSecretError, type NativeFailure, nativeFailureOf, SecretError } from "../errors/secret-error.ts";
import { cancelled } from "../async/deadline.ts";
import {
  CERTIFICATE_FAULTS,
  type CertificateFault,
  networkFault,
  type NetworkFault,
} from "../errors/network-faults.ts";
import { parseRetryAfter } from "./http-answer.ts";

/** What may be kept of a failure: machine words, and a text only to tell cases apart. Plain data. */
export interface Failure extends NativeFailure {
  /** The value of a `Retry-After` header. */
  readonly retryAfter?: string;
  /** What was said. Never passed on. */
  readonly text?: string;
}

/** One kind of failure: when it is meant, and what we make of it. All conditions of a rule must hold. */
export interface ErrorRule {
  /** 0: nobody answered. */
  readonly status?: readonly number[];
  /** Beginnings of the code; `""` stands for any. */
  readonly codes?: readonly string[];
  /** What befell the network, by the code. */
  readonly network?: ReadonlyArray<NetworkFault["kind"]>;
  /** Beginnings of the name. */
  readonly names?: readonly string[];
  /** Only if the text contains one of these. */
  readonly says?: readonly string[];
  readonly code: ErrorCode;
  /** One sentence for the person. No two rules of a table say the same, so that a message tells its rule. */
  readonly message: string;
  /** `true`: the command that gives new credentials, which depends on where they came from. */
  readonly hint?: string | true;
  readonly reason?: string;
}

/** The conditions that only one table knows. */
export interface OwnConditions<Rule> {
  /** Whether those hold that `ErrorRule` does not have. @default true */
  readonly also?: (rule: Rule) => boolean;
  /** Whether the failure says these words of a rule. @default if they are in its text */
  readonly says?: (words: string, rule: Rule) => boolean;
}

/** The first rule that fits a failure. */
export function findRule<Rule extends ErrorRule>(
  rules: readonly Rule[],
  failure: Failure,
  own: OwnConditions<Rule> = {},
): Rule | undefined {
  const { code, name, status = 0, text = "" } = failure;
  const { also = () => true, says = (words: string) => text.includes(words) } = own;
  const fault = code === undefined ? undefined : networkFault(code)?.kind;
  return rules.find(
    (rule) =>
      (rule.status?.includes(status) ?? true) &&
      (rule.network === undefined || (fault !== undefined && rule.network.includes(fault))) &&
      begins(rule.codes, code) &&
      begins(rule.names, name) &&
      (rule.says?.some((words) => says(words, rule)) ?? true) &&
      also(rule),
  );
}

function begins(wanted: readonly string[] | undefined, held: string | undefined): boolean {
  return wanted === undefined || (held !== undefined && wanted.some((start) => held.startsWith(start)));
}

/** The error that a rule makes of a failure. Of the failure it keeps machine words and the time to wait. */
export function applyRule(
  rule: ErrorRule | undefined,
  failure: Failure,
  about: {
    /** The sentence where no rule fits: the error is `internal` then. */
    readonly unknown: string;
    /** The command that gives new credentials. */
    readonly hint?: string | undefined;
    /** How long to wait, in ms, where the failure does not say it. */
    readonly retryAfterMs?: number | undefined;
  },
): SecretError {
  const hint = rule?.hint === true ? about.hint : rule?.hint;
  const native = nativeFailureOf(failure);
  const retryAfterMs = about.retryAfterMs ?? parseRetryAfter(failure.retryAfter, Date.now());
  return new SecretError(rule?.code ?? "internal", rule?.message ?? about.unknown, {
    ...(native !== undefined && { native }),
    ...(hint !== undefined && { hint }),
    ...(rule?.reason !== undefined && { reason: rule.reason }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/**
 * What to throw for what an SDK threw: an error of ours anew, without what the SDK wrote on it as it passed; `aborted` where
 * the caller gave up; else what `explain` makes of it.
 */
export function rethrown(thrown: unknown, signal: AbortSignal | undefined, explain: () => SecretError): SecretError {
  if (isSecretError(thrown)) return new SecretError(thrown.code, thrown.message, thrown.details);
  if (signal?.aborted) return cancelled();
  return explain();
}

/** A rule for each fault of a server's certificate. `whose` begins the sentence, e.g. "The key vault's certificate". */
export function certificateRules(
  whose: string,
  hints: Readonly<Partial<Record<CertificateFault["kind"], string>>> = {},
): readonly ErrorRule[] {
  return CERTIFICATE_FAULTS.map(({ kind, codes, says }) => ({
    codes,
    code: "unavailable",
    message: `${whose} ${says}.`,
    ...(hints[kind] !== undefined && { hint: hints[kind] }),
  }));
}

/**
 * A rule for each fault of the network that has a sentence, in the order of the sentences. What has timed out is a
 * `timeout`, any other `unavailable`.
 */
export function networkRules(
  sentences: Readonly<Partial<Record<NetworkFault["kind"], string>>>,
  hints: Readonly<Partial<Record<NetworkFault["kind"], string>>> = {},
): readonly ErrorRule[] {
  return (Object.keys(sentences) as NetworkFault["kind"][]).map((kind) => ({
    network: [kind],
    code: kind === "timed-out" ? "timeout" : "unavailable",
    message: sentences[kind] ?? "",
    ...(hints[kind] !== undefined && { hint: hints[kind] }),
  }));
}
