import { SecretError, toSecretError } from "../errors/secret-error.ts";
import type { ListEntry, Locator, SecretDocument } from "../contract/provider.ts";

/**
 * The qualifiers of a locator, if all are known and of the form they must have, from beginning to end. Throws `invalid_reference` otherwise: a
 * qualifier that is ignored, e.g. a misspelt `version`, gives another secret than the one that was asked for.
 */
export function qualifiers<const Name extends string = never>(
  { query }: Locator,
  known: Readonly<Record<Name, RegExp>> = {} as Readonly<Record<Name, RegExp>>,
): { readonly [Key in Name]?: string } {
  const forms = new Map<string, RegExp>(Object.entries(known));
  for (const [name, value] of Object.entries(query)) {
    const form = forms.get(name);
    if (form === undefined) throw new SecretError("invalid_reference", unknown(forms));
    if (!isWhole(form, value)) throw new SecretError("invalid_reference", `The ${name} has not the form it must have.`);
  }
  return query as { readonly [Key in Name]?: string };
}

/** Whether a text is of a form as a whole. A form with `g` or `y` would remember where it stopped; with `m`, a line would do. */
function isWhole({ source, flags }: RegExp, value: string): boolean {
  return new RegExp(`^(?:${source})$`, flags.replaceAll(/[gmy]/g, "")).test(value);
}

function unknown(forms: ReadonlyMap<string, RegExp>): string {
  const names = [...forms.keys()].map((name) => `"${name}"`).join(", ");
  return names === "" ? "This vault has no qualifiers." : `This vault has no such qualifier; it has ${names}.`;
}

/** How a vault reads several documents in one request. */
export interface BatchSteps<Item, Result> {
  /** What the request says about a locator. What it throws is the outcome of that locator, and nothing is sent for it. */
  readonly item: (locator: Locator) => Item;
  /** Sends the request: one result per item, in order. What it throws fails the whole batch. */
  readonly send: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** The document of a result. What it throws is the outcome of that locator. */
  readonly document: (result: Result, item: Item) => SecretDocument;
}

/** Reads several documents in one request: one outcome per locator, in order, each with its own failure. */
export async function readBatch<Item, Result>(
  locators: readonly Locator[],
  { item, send, document }: BatchSteps<Item, Result>,
): Promise<ReadonlyArray<PromiseSettledResult<SecretDocument>>> {
  const items = locators.map((locator) => attempt(() => item(locator)));
  const sent = items.flatMap((given) => (given.status === "fulfilled" ? [given.value] : []));
  const results = sent.length === 0 ? [] : await send(sent);
  if (results.length !== sent.length) {
    throw new SecretError("unavailable", "The answer does not hold one result for each document.");
  }
  let next = 0;
  return items.map((given) => {
    if (given.status === "rejected") return given;
    const result = results[next++] as Result;
    return attempt(() => document(result, given.value));
  });
}

/** What a call gives or throws, as `Promise.allSettled` would tell it. */
export function attempt<Value>(call: () => Value): PromiseSettledResult<Value> {
  try {
    return { status: "fulfilled", value: call() };
  } catch (thrown) {
    return { status: "rejected", reason: toSecretError(thrown) };
  }
}

/**
 * A batch's outcome as the caller's own: locators of one secret share an answer, and what one caller does to a document must
 * not reach another.
 */
export function ownOutcome(outcome: PromiseSettledResult<SecretDocument>): PromiseSettledResult<SecretDocument> {
  if (outcome.status === "rejected") return outcome;
  const { value } = outcome.value;
  const own = typeof value === "string" ? value : value instanceof Uint8Array ? value.slice() : { ...value };
  return { status: "fulfilled", value: { ...outcome.value, value: own } };
}

/** One page of a listing. */
export interface Page {
  readonly entries: readonly ListEntry[];
  /** What asks for the page after it; absent or empty on the last one. */
  readonly next?: string | undefined;
}

/** Lists page after page: `ask` is given nothing first, and then what the page before called `next`. */
export async function* listPages(ask: (next?: string) => Promise<Page>): AsyncGenerator<ListEntry> {
  let next: string | undefined;
  do {
    const page = await ask(next);
    yield* page.entries;
    ({ next } = page);
  } while (next !== undefined && next !== "");
}
