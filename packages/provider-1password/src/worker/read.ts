import { isSecretError } from "@vaultlink/core/provider";
import type { ResolveReferenceError } from "@1password/sdk";
import { explain, type Failure, toError, toFailure } from "../errors.ts";
import type { Ids, Outcome, Wanted } from "../protocol.ts";
import { lackingNames, listFitting } from "../names/ambiguous.ts";
import { find, looksLikeId } from "../names/find.ts";
import { REFERENCE_ERRORS } from "../errors/reference.ts";
import { type Call, directoryOf } from "./account.ts";
import { readBytes, readKnownBytes } from "./files.ts";

/** What befalls the whole call. */
const OF_THE_CALL: ReadonlySet<Failure["code"]> = new Set(["unauthenticated", "throttled", "timeout"]);

/**
 * Reads by names, all of them in one call, which also says which items they meant.
 * Throws what befalls the call as a whole.
 */
export async function read(call: Call, wanted: readonly Wanted[]): Promise<readonly Outcome[]> {
  const references = wanted.map(referenceOf);
  const answers = await resolve(call, wanted, references);
  const [only] = wanted;
  if (answers === undefined && only !== undefined && wanted.length === 1) return [await byTitle(call, only)];
  if (answers === undefined) return oneByOne(call, wanted);
  const causes = new Map<string, Outcome>();
  const outcomes: Outcome[] = [];
  for (const [index, each] of wanted.entries()) {
    const { content, error } = answers[references[index] ?? ""] ?? {};
    if (content) {
      const { itemId, secret, vaultId } = content;
      outcomes.push({ ok: true, value: secret, ids: { vaultId, itemId, bytes: false } });
    } else if (error && error.type !== "other") outcomes.push(await refused(call, each, error.type));
    else outcomes.push(await causeOf(call, each, causes));
  }
  return outcomes;
}

/** Reads an item by its ids. */
export async function readKnown(call: Call, ids: Ids, rest: string): Promise<Outcome> {
  if (ids.bytes) return { ok: true, value: await readKnownBytes(call, ids, rest) };
  const reference = referenceOf({ vault: ids.vaultId, item: ids.itemId, rest });
  return { ok: true, value: await call((client) => client.secrets.resolve(reference)) };
}

type Answers = Awaited<ReturnType<Parameters<Parameters<Call>[0]>[0]["secrets"]["resolveAll"]>>["individualResponses"];

/**
 * `undefined` if the SDK refused all of them because of one, as it does for an archived item named by its id, and for an
 * item whose title looks like an id.
 */
async function resolve(
  call: Call,
  wanted: readonly Wanted[],
  references: readonly string[],
): Promise<Partial<Answers> | undefined> {
  try {
    return (await call((client) => client.secrets.resolveAll([...references]))).individualResponses;
  } catch (thrown) {
    if (!isSecretError(thrown)) throw thrown;
    if (thrown.code === "unusable" && references.length > 1) return undefined;
    if (thrown.code === "internal" && wanted.some(({ item }) => looksLikeId(item))) return undefined;
    throw thrown;
  }
}

async function oneByOne(call: Call, wanted: readonly Wanted[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const each of wanted) outcomes.push(await outcomeOf(async () => (await read(call, [each]))[0]));
  return outcomes;
}

/** Reads an item whose name looks like an id, and may be a title: the batch takes it for an id only. */
async function byTitle(call: Call, wanted: Wanted): Promise<Outcome> {
  const found = await find(directoryOf(call), wanted);
  if (found.kind === "item") {
    const ids = { vaultId: found.item.vaultId, itemId: found.item.id, bytes: false };
    const outcome = await readKnown(call, ids, wanted.rest);
    return outcome.ok ? { ...outcome, ids } : outcome;
  }
  throw lackingNames(found.kind, found.ids);
}

async function refused(call: Call, wanted: Wanted, type: ResolveReferenceError["type"]): Promise<Outcome> {
  if (type === "unsupportedFileFormat") {
    return outcomeOf(async () => ({ ok: true, ...(await readBytes(call, wanted)) }));
  }
  const error = explain(REFERENCE_ERRORS, { text: "", type });
  const told = error.code === "ambiguous" ? await listFitting(directoryOf(call), wanted, error) : error;
  return { ok: false, failure: toFailure(told) };
}

/** A batch says `other` where it was refused; one reference of each vault is asked again singly, which says why. */
async function causeOf(call: Call, wanted: Wanted, causes: Map<string, Outcome>): Promise<Outcome> {
  const vault = wanted.vault.toLowerCase();
  const known = causes.get(vault);
  if (known !== undefined) return known;
  const outcome = await outcomeOf(async () => ({
    ok: true,
    value: await call((client) => client.secrets.resolve(referenceOf(wanted))),
  }));
  if (!outcome.ok && OF_THE_CALL.has(outcome.failure.code)) throw toError(outcome.failure);
  causes.set(vault, outcome.ok ? PASSED : outcome);
  return outcome;
}

/** The others of the batch are worth asking again. */
const PASSED: Outcome = {
  ok: false,
  failure: { code: "unavailable", message: "1Password failed for a moment in the middle of a batch.", details: {} },
};

async function outcomeOf(attempt: () => Promise<Outcome | undefined>): Promise<Outcome> {
  try {
    return (await attempt()) ?? PASSED;
  } catch (thrown) {
    if (isSecretError(thrown)) return { ok: false, failure: toFailure(thrown) };
    throw thrown;
  }
}

function referenceOf({ vault, item, rest }: Wanted): string {
  return `op://${vault}/${item}/${rest}`;
}
