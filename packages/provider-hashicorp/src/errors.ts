import {
  applyRule,
  type ErrorRule,
  findRule as findRuleOf,
  objectMember,
  SecretError,
  textMember,
} from "@vaultlink/core/provider";
import { texts } from "./body.ts";
import { ERROR_RULES, type VaultErrorRule } from "./error-rules.ts";
import type { VaultResponse } from "./vault-api.ts";

const NODES = 'set the connection\'s option "address" to the active node, or name all nodes in "nodes"';
const NOT_THE_VAULT = "The answer did not come from the vault, but from something in between.";

/** What to throw for an answer that is a refusal. `hint` is the command that gives new credentials. */
export function refusal(
  answer: VaultResponse,
  { at, hint }: { at?: VaultErrorRule["at"]; hint?: string } = {},
): SecretError {
  const { status, retryAfterMs } = answer;
  const native = { status };
  if (status >= 300 && status < 400)
    return new SecretError("unavailable", redirected(answer.location), { native, hint: NODES });
  const rule: Partial<VaultErrorRule> & ErrorRule = findRule(answer, at) ?? {
    code: "unavailable",
    message: NOT_THE_VAULT,
  };
  const renewed = rule.code === "unauthenticated" && rule.hint === undefined;
  return applyRule({ ...rule, ...(renewed && { hint: true }) }, native, {
    unknown: NOT_THE_VAULT,
    hint,
    retryAfterMs: rule.hopeless === true ? Infinity : retryAfterMs,
  });
}

/**
 * What to throw for a success that says something else than it should. From the vault it is about this one request, and
 * says the same when it is asked again; from anybody else, e.g. a sign-in page, the vault could not be asked.
 */
export function unexpectedResponse(answer: VaultResponse): SecretError {
  const native = { status: answer.status };
  if (!isFromVault(answer)) return new SecretError("unavailable", NOT_THE_VAULT, { native });
  return new SecretError("unusable", "The vault answered something else than what was asked for.", {
    native,
    reason: "unexpected-answer",
  });
}

/** What to throw for a login that succeeded and gave no token. */
export function noToken(answer: VaultResponse, hint: string): SecretError {
  if (!isFromVault(answer)) return unexpectedResponse(answer);
  return new SecretError("unauthenticated", "The vault took this login and gave no token for it.", {
    native: { status: answer.status },
    hint,
  });
}

/** Whether the vault itself answered: its answers have a frame, and say `204` where there is nothing to say. */
export function isFromVault({ body, status }: VaultResponse): boolean {
  return status === 204 || body?.["request_id"] !== undefined;
}

/** Everything the vault says in words. */
export function responseText({ body }: VaultResponse): string {
  return [...texts(body, "errors"), ...texts(body, "warnings")].join("\n").toLowerCase();
}

function findRule(answer: VaultResponse, at: VaultErrorRule["at"]): VaultErrorRule | undefined {
  const said = responseText(answer);
  const sentences = said.split("\n").map((line) => line.replace(/^[\s*]+/, ""));
  const says = (words: string, rule: VaultErrorRule): boolean =>
    rule.at !== undefined || answer.status >= 500
      ? said.includes(words)
      : sentences.some((sentence) => sentence.startsWith(words));
  const talks = said !== "" || answer.retryAfterMs !== undefined;
  const state = findState(answer);
  // Even with nothing to say the vault sends a list of errors, or the document's frame.
  const genuine = Array.isArray(answer.body?.["errors"]) || answer.body?.["request_id"] !== undefined;
  return findRuleOf(ERROR_RULES, answer, {
    says: (words, rule) => (words === "" ? talks : says(words, rule)),
    also: (rule) =>
      (genuine || rule.anybody === true) &&
      (rule.at === undefined || rule.at === at) &&
      (rule.state === undefined || rule.state === state),
  });
}

function findState({ body }: VaultResponse): VaultErrorRule["state"] {
  const metadata = objectMember(objectMember(body, "data"), "metadata");
  if (metadata?.["destroyed"] === true) return "destroyed";
  return textMember(metadata, "deletion_time") === undefined ? undefined : "deleted";
}

/** Names the other host, since the person must judge it; of the address nothing else is shown. */
function redirected(location: string | undefined): string {
  const host = location === undefined ? undefined : URL.parse(location)?.host;
  const shown = host !== undefined && /^[a-z0-9.:[\]-]{1,100}$/.test(host) ? ` to ${host}` : "";
  return `The vault redirects${shown}; no token is sent there, since it is none of the connection's nodes.`;
}
