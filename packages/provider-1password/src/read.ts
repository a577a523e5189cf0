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
import type { Costs, Requester } from "./job-runner.ts";
import { toError } from "./errors.ts";
import { checkLocator, type ParsedLocator } from "./locator.ts";
import type { IdCache } from "./id-cache.ts";
import { isId } from "./names/find.ts";
import type { Ids, Outcome, Reply } from "./protocol.ts";

/** References of one batch: the SDK asks for that many items at a time. */
export const MAX_BATCH = 50;

/** Whom to ask, what is known, and what asking costs. */
export interface Reader {
  readonly request: Requester;
  readonly idCache: IdCache;
  readonly costs: Costs;
}

type Settled = PromiseSettledResult<SecretDocument>;

/** Reads one document: by ids if its item is known, else by names, learning the ids. */
export async function read(reader: Reader, locator: Locator, context: Context): Promise<SecretDocument> {
  return readTarget(reader, checkLocator(locator), context);
}

/**
 * Reads several in the way that costs fewer requests: one each by ids if all are known, or all of them by names. Rejects
 * as a whole for what befalls the call.
 */
export async function readMany(
  reader: Reader,
  locators: readonly Locator[],
  context: Context,
): Promise<readonly Settled[]> {
  const targets = locators.map((locator) => attempt(() => checkLocator(locator)));
  const checked = targets.flatMap((target) => (target.status === "fulfilled" ? [target.value] : []));
  const wanted = new Map(checked.map((target) => [target.reference, target]));
  const found = new Map<string, Settled>();
  const { request, costs, idCache } = reader;
  if (cheaperSingly([...wanted.keys()], reader, context)) {
    const inTurn = new Semaphore(costs.atOnce);
    const one = ([key, target]: [string, ParsedLocator]): Promise<unknown> =>
      inTurn.run(async () => found.set(key, await settled(() => readTarget(reader, target, context))));
    await Promise.all([...wanted].map(one));
  } else if (wanted.size > 0) {
    const outcomes = outcomesOf(await request({ type: "read", wanted: [...wanted.values()] }, context));
    for (const [index, [key, target]] of [...wanted].entries()) {
      found.set(key, await settled(() => toDocument(idCache, target, outcomes[index])));
    }
  }
  throwOfTheCall([...found.values()]);
  return targets.map((target) =>
    target.status === "rejected" ? target : ownOutcome(found.get(target.value.reference) ?? unanswered()),
  );
}

async function readTarget(
  { request, idCache }: Reader,
  target: ParsedLocator,
  context: Context,
): Promise<SecretDocument> {
  const ids = knownIds(idCache, target, context);
  const known = ids && (await readKnown(request, target, ids, context));
  if (known !== undefined) return known;
  idCache.drop(target.reference);
  const [outcome] = outcomesOf(await request({ type: "read", wanted: [target] }, context));
  return toDocument(idCache, target, outcome);
}

/** The document of an item known by its ids; `undefined` if it is not there any more, and the name may mean another. */
async function readKnown(
  request: Requester,
  target: ParsedLocator,
  ids: Ids,
  context: Context,
): Promise<SecretDocument | undefined> {
  try {
    const reply = await request({ type: "read-known", ids, rest: target.rest }, context);
    const [outcome] = outcomesOf(reply);
    return outcome?.ok === true ? documentOf(target, outcome.value, ids) : undefined;
  } catch (thrown) {
    if (isSecretError(thrown) && MOVED.has(thrown.code)) return undefined;
    throw thrown;
  }
}

/** What the SDK says of an id that means nothing any more, or of a field that changed. */
export const MOVED: ReadonlySet<string> = new Set(["not_found", "unusable", "ambiguous"]);

/** The ids of an item: remembered, or its two segments themselves, which then need no looking up. */
export function knownIds(
  idCache: IdCache,
  { item, reference, vault }: ParsedLocator,
  { fresh }: Context,
): Ids | undefined {
  if (fresh === true) return undefined;
  const known = idCache.get(reference);
  if (known !== undefined || !isId(vault) || !isId(item)) return known;
  return { vaultId: vault.toLowerCase(), itemId: item.toLowerCase(), bytes: false };
}

function cheaperSingly(references: readonly string[], { costs, idCache }: Reader, context: Context): boolean {
  const known = references.flatMap((reference) => idCache.get(reference) ?? []);
  if (context.fresh === true || known.length < references.length) return false;
  return known.length <= costs.ofBatch(new Set(known.map(({ vaultId }) => vaultId)).size);
}

function toDocument(idCache: IdCache, target: ParsedLocator, outcome: Outcome | undefined): Promise<SecretDocument> {
  if (outcome === undefined) return Promise.reject(unexpectedResponse());
  if (!outcome.ok) return Promise.reject(toError(outcome.failure));
  if (outcome.ids) idCache.set(target.reference, outcome.ids);
  return Promise.resolve(documentOf(target, outcome.value, outcome.ids));
}

/**
 * The document, with its own name: the ids of vault and item, and the place in it as it is written, in lower case, since
 * names count in any case. A one-time password is over before anybody could use it again.
 */
function documentOf({ once, rest }: ParsedLocator, value: string | Uint8Array, ids: Ids | undefined): SecretDocument {
  const id = ids && `op://${ids.vaultId}/${ids.itemId}/${rest.toLowerCase()}`;
  return { value, ...(id !== undefined && { id }), ...(once && { expiresAt: 0 }) };
}

function outcomesOf(reply: Reply): readonly Outcome[] {
  if (reply.type !== "outcomes") throw unexpectedResponse();
  return reply.outcomes;
}

async function settled(call: () => Promise<SecretDocument>): Promise<Settled> {
  const [outcome] = await Promise.allSettled([call()]);
  return outcome;
}

/** A token that is refused is refused for all of them. */
function throwOfTheCall(outcomes: readonly Settled[]): void {
  for (const outcome of outcomes) {
    if (outcome.status === "fulfilled" || !isSecretError(outcome.reason)) continue;
    if (outcome.reason.code === "unauthenticated" || outcome.reason.code === "aborted") throw outcome.reason;
  }
}

const unanswered = (): Settled => ({ status: "rejected", reason: unexpectedResponse() });
const unexpectedResponse = (): SecretError =>
  new SecretError("internal", "The thread that asks 1Password gave no answer.");
