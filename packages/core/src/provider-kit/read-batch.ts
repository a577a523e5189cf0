import { SecretError } from "../errors/secret-error.ts";
import { toSecretError } from "../errors/to-secret-error.ts";
import type { Locator, SecretDocument } from "../contract/provider.ts";

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

function attempt<Value>(call: () => Value): PromiseSettledResult<Value> {
  try {
    return { status: "fulfilled", value: call() };
  } catch (thrown) {
    return { status: "rejected", reason: toSecretError(thrown) };
  }
}
