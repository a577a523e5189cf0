import { type APIErrorType, BatchGetSecretValueCommand, type SecretValueEntry } from "@aws-sdk/client-secrets-manager";
import {
  attempt,
  type Context,
  isSecretError,
  type Locator,
  ownOutcome,
  type SecretDocument,
  SecretError,
  Semaphore,
} from "@vaultlink/core/provider";
import { parseSecretArn, withoutSuffix } from "./arn.ts";
import { pages, type Requester, unexpectedResponse } from "./request.ts";
import { explain } from "./errors.ts";
import { checkLocator, isPlain, type Target } from "./locator.ts";
import { read, toDocument } from "./read.ts";
import type { Scope } from "./scope.ts";

/** The most secrets of one call. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html */
export const MAX_BATCH = 20;

/** Single reads at a time, beside the call for all the others. */
const SINGLES = 5;

type Outcome = PromiseSettledResult<SecretDocument>;

/**
 * Reads current values in one call, and beside it, one by one, what that call cannot give: versions and other roles.
 * Rejects as a whole if the call was refused as a whole, or a single read for what concerns them all.
 */
export async function readMany(
  request: Requester,
  locators: readonly Locator[],
  scope: Scope,
  context: Context,
): Promise<readonly Outcome[]> {
  const targets = locators.map((locator) => attempt(() => checkLocator(locator, scope)));
  const checked = targets.flatMap((target) => (target.status === "fulfilled" ? [target.value] : []));
  const together = new Set(batchable(checked));
  const answers = readTogether(request, [...together], scope, context);
  // Its rejection is the whole call's, once the single reads are done.
  answers.catch(() => {});
  const inTurn = new Semaphore(SINGLES);
  const singles = new Map<string, Promise<SecretDocument>>();
  const outcomes = targets.map((each) => {
    if (each.status === "rejected") return Promise.reject(each.reason as SecretError);
    const target = each.value;
    if (isPlain(target) && together.has(target.secretId)) return answers.then((found) => found(target.secretId));
    const key = JSON.stringify([target.secretId, target.versionId, target.stage, target.role]);
    const known = singles.get(key) ?? inTurn.run(() => read(request, target, scope, context));
    singles.set(key, known);
    return known;
  });
  const settled = await Promise.allSettled(outcomes);
  await answers;
  for (const single of await Promise.allSettled(singles.values())) {
    if (single.status === "rejected" && isOfTheCall(single.reason)) throw single.reason;
  }
  return settled.map(ownOutcome);
}

/** Whether a single read failed for what is no fault of its secret, and would have failed the call for all of them. */
const isOfTheCall = (reason: unknown): boolean =>
  isSecretError(reason) && (reason.code === "unauthenticated" || reason.code === "throttled");

/**
 * The ids that one call can give and tell apart. Answers carry a name, and another account may have a secret of the same
 * name: an ARN beside that name is read singly.
 */
function batchable(targets: readonly Target[]): readonly string[] {
  const ids = targets.filter(isPlain).map(({ secretId }) => secretId);
  const names = new Set(ids.filter((id) => !id.startsWith("arn:")));
  return ids.filter((id) => {
    const name = parseSecretArn(id)?.name;
    return name === undefined || !(names.has(name) || names.has(withoutSuffix(name)));
  });
}

/** Asks for up to twenty different ids, page by page, and gives a way to find each one's document. */
async function readTogether(
  request: Requester,
  ids: readonly string[],
  scope: Scope,
  context: Context,
): Promise<(id: string) => SecretDocument> {
  const values: SecretValueEntry[] = [];
  const errors: APIErrorType[] = [];
  if (ids.length > 0) {
    const send = (more: { NextToken?: string }) => {
      const command = new BatchGetSecretValueCommand({ SecretIdList: [...ids], ...more });
      return request({ during: "batch" }, context, (client, options) => client.send(command, options));
    };
    for await (const page of pages(send)) {
      if (page.SecretValues === undefined && page.Errors === undefined) throw unexpectedResponse(page);
      values.push(...(page.SecretValues ?? []));
      errors.push(...(page.Errors ?? []));
    }
  }
  return (id) => pick(id, values, errors, scope);
}

/** Answers carry a secret's ARN and name, not what it was asked by; faults carry what was asked. */
function pick(
  id: string,
  values: readonly SecretValueEntry[],
  errors: readonly APIErrorType[],
  scope: Scope,
): SecretDocument {
  const found =
    values.find(({ ARN, Name }) => ARN === id || (Name === id && !id.startsWith("arn:"))) ??
    values.find(({ ARN }) => ARN !== undefined && id.startsWith("arn:") && withoutSuffix(ARN) === id);
  if (found !== undefined) return toDocument(found, scope);
  const error =
    errors.find(({ SecretId }) => SecretId === id) ??
    errors.find(({ SecretId = "" }) => id.startsWith("arn:") && withoutSuffix(SecretId) === id);
  if (error !== undefined) {
    const { ErrorCode, Message = "" } = error;
    throw explain({ ...(ErrorCode !== undefined && { name: ErrorCode }), text: Message.toLowerCase() }, "read");
  }
  // Never "not found": AWS has not said so.
  throw new SecretError("unavailable", "AWS left this secret out of its answer.", {
    reason: "left-out",
    native: { status: 200 },
  });
}
