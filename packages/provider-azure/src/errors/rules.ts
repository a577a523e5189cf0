import { type Failure, findRule as findRuleOf } from "@vaultlink/core/provider";
import type { SdkError } from "../sdk-error.ts";
import { ENTRA } from "./entra.ts";
import type { AzureErrorRule, During } from "./error-rule.ts";
import { LOCAL } from "./local.ts";
import { NETWORK } from "./network.ts";
import { PLATFORM } from "./platform.ts";
import { PROGRAM } from "./program.ts";
import { VAULT } from "./vault.ts";

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
    ...(name !== undefined && { name }),
    ...(code !== undefined && { code }),
    ...(status !== undefined && { status }),
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
