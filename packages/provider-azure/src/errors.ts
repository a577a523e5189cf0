import {
  applyRule,
  definedMembers,
  type Failure,
  findRule as findRuleOf,
  rethrown,
  type SecretError,
} from "@vaultlink/core/provider";
import { ENTRA } from "./errors/entra.ts";
import type { AzureErrorRule, During } from "./errors/error-rule.ts";
import { LOCAL } from "./errors/local.ts";
import { NETWORK } from "./errors/network.ts";
import { PLATFORM } from "./errors/platform.ts";
import { PROGRAM } from "./errors/program.ts";
import { VAULT } from "./errors/vault.ts";
import type { Exchange } from "./exchanges.ts";
import type { AuthMethod } from "./options.ts";
import { readSdkError, type SdkError } from "./sdk-error.ts";

/** Turns what the SDK threw into our error. Of the original only machine words remain: the rest may hold a token. */
export function toSecretError(
  thrown: unknown,
  about: {
    readonly during: During;
    readonly exchanges: readonly Exchange[];
    /** The command that gives new credentials. */
    readonly hint: string;
    /** How is being signed in. */
    readonly method?: AuthMethod;
    readonly signal?: AbortSignal;
  },
): SecretError {
  const { during, exchanges, hint, method, signal } = about;
  return rethrown(thrown, signal, () => explain(readSdkError(thrown, exchanges, method), during, hint));
}

/** What a failure means that was met elsewhere, e.g. in another thread. */
export function explain(error: SdkError, during: During, hint: string): SecretError {
  const unknown = "Azure's SDK failed in a way we do not know.";
  return applyRule(findRule(error, during), wordsOf(error), { unknown, hint });
}

/** What is kept of it: the name, Azure's own word or number for it, and who to ask about it. */
function wordsOf({ name, exchange }: SdkError): Failure {
  const { status, requestId, retryAfter, numbers, error, inner, code } = exchange ?? {};
  const number = numbers?.[0];
  const called = number === undefined ? (inner ?? error ?? code) : `AADSTS${number}`;
  return definedMembers({ name, code: called, status, requestId, retryAfter });
}

/** Every failure we know; the first that fits counts. */
export const ERROR_RULES: readonly AzureErrorRule[] = [
  ...NETWORK,
  ...VAULT,
  ...ENTRA,
  ...PLATFORM,
  ...PROGRAM,
  ...LOCAL,
];

/** The first rule that fits. */
export function findRule(
  { exchange, method, name, program = "", text }: SdkError,
  during: During,
): AzureErrorRule | undefined {
  const { peer = "nobody", error = "", inner = "", late, genuine, numbers, status, code } = exchange ?? {};
  const failure: Failure = {
    ...definedMembers({ name, code, status }),
    text: `${exchange?.text ?? ""}\n${text}`,
  };
  return findRuleOf(ERROR_RULES, failure, {
    also: (rule) =>
      (rule.during ?? during) === during &&
      (rule.peer ?? peer) === peer &&
      (status === undefined || rule.peer === undefined || (rule.genuine ?? true) === genuine) &&
      (rule.errors?.includes(error) ?? true) &&
      (rule.inner?.includes(inner) ?? true) &&
      fitsNumbers(rule, numbers) &&
      (rule.late ?? late) === late &&
      (rule.methods === undefined || (method !== undefined && rule.methods.includes(method))) &&
      (rule.program?.test(program) ?? true),
  });
}

function fitsNumbers({ numbers: wanted }: AzureErrorRule, held: readonly number[] | undefined): boolean {
  if (wanted === undefined) return true;
  return held !== undefined && (wanted.length === 0 || held.some((number) => wanted.includes(number)));
}
