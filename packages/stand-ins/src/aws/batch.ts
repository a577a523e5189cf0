import type { Answer } from "../kit/backend.ts";
import { json, refusal } from "./answers.ts";
import type { Ask } from "./ask.ts";
import { look, valueOf } from "./look.ts";
import type { Credential } from "./principals.ts";
import type { AwsState } from "./state.ts";

/** The vendor's model: `SecretIdListType`, 1 to 20. */
const MOST = 20;

/** `BatchGetSecretValue`: each secret once, whatever it was called by, and a fault of one leaves the others alone. */
export function batch(ask: Ask, asker: Credential, state: AwsState): Answer {
  const { SecretIdList: ids, Filters: filters, NextToken: token } = ask.input;
  if (!asker.who.batch) {
    const message = `User: ${asker.arn} is not authorized to perform: secretsmanager:BatchGetSecretValue`;
    return refusal("json", 400, "AccessDeniedException", message);
  }
  if (!Array.isArray(ids) || filters !== undefined) {
    return refusal("json", 400, "InvalidParameterException", "Only SecretIdList is known here, without Filters.");
  }
  if (ids.length < 1 || ids.length > MOST) {
    const message =
      "1 validation error detected: Value at 'secretIdList' failed to satisfy constraint: 1 to 20 members";
    return refusal("json", 400, "ValidationException", message);
  }
  const from = typeof token === "string" ? Number(token) : 0;
  const page = ids.slice(from, from + state.settings.pageSize).map(String);
  const values = new Map<string, object>();
  const errors: object[] = [];
  for (const id of page) {
    const found = look(id, asker, state);
    if (!("code" in found)) values.set(found.secret.arn, valueOf(found.secret, found.version));
    else if (!state.settings.dropsMissing) errors.push({ SecretId: id, ErrorCode: found.code, Message: found.message });
  }
  const next = from + page.length;
  return json({
    SecretValues: [...values.values()],
    Errors: errors,
    NextToken: next < ids.length ? String(next) : undefined,
  });
}
