import { withLinkName } from "../errors/secret-error.ts";
import type { SecretValue } from "../secret-value.ts";
import { recordAccess } from "./access.ts";
import type { VaultInternals } from "./internals.ts";
import { fromOneRead } from "./one-read.ts";

/**
 * The value of a name, if the cache has it: nothing is opened or awaited. Throws `unusable` for a document that has not
 * the field of the name's reference.
 */
export function cached(internals: VaultInternals, name: string): SecretValue | undefined {
  const target = internals.links.get(name)?.ready;
  const named = target && internals.registry.get(target.connection);
  if (target === undefined || named === undefined) return undefined;
  try {
    const value = internals.resolver.peek(target, named);
    if (value !== undefined && internals.onAccess !== undefined) recordAccess(internals, { name, target }, value);
    return value;
  } catch (thrown) {
    const error = withLinkName(thrown, name, named.name);
    recordAccess(internals, { name, target }, error);
    throw error;
  }
}

/** How one of many names is read. */
interface Reads {
  readonly cached: (name: string) => SecretValue | undefined;
  /** With `newerThan`, only what was read after that sequence number counts. */
  readonly get: (name: string, newerThan?: number) => Promise<SecretValue>;
  /** The document that a name which was read leads to. */
  readonly documentOf: (name: string) => string | undefined;
}

type Outcome = PromiseSettledResult<SecretValue>;

/**
 * What each of many names gives, in their order; those of one document from one read of it. Where the cache has them all,
 * no promise is made per name.
 */
export function settledMany(names: readonly string[], reads: Reads): Promise<Outcome[]> {
  let isWhole = true;
  const outcomes = names.map((name): Outcome | Promise<Outcome> => {
    try {
      const value = reads.cached(name);
      if (value !== undefined) return { status: "fulfilled", value };
    } catch (reason) {
      return { status: "rejected", reason };
    }
    isWhole = false;
    return outcomeOf(reads.get(name));
  });
  // What one look at the cache gave at once is of one read each.
  return isWhole ? Promise.resolve(outcomes as Outcome[]) : readSettled(names, outcomes, reads);
}

async function readSettled(
  names: readonly string[],
  outcomes: ReadonlyArray<Outcome | Promise<Outcome>>,
  { documentOf, get }: Reads,
): Promise<Outcome[]> {
  const settled = await Promise.all(outcomes.map((outcome) => Promise.resolve(outcome)));
  const named = settled.map((outcome, index) => ({ outcome, name: names[index] ?? "" }));
  const all = await fromOneRead(named, {
    readingOf: ({ name, outcome }) =>
      outcome.status === "fulfilled" ? { value: outcome.value, document: documentOf(name) } : undefined,
    again: async ({ name }, newerThan) => ({ name, outcome: await outcomeOf(get(name, newerThan)) }),
  });
  return all.map(({ outcome }) => outcome);
}

function outcomeOf(read: Promise<SecretValue>): Promise<Outcome> {
  return read.then(
    (value) => ({ status: "fulfilled", value }),
    (reason: unknown) => ({ status: "rejected", reason }),
  );
}
