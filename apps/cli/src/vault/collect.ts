import { isSecretError, SecretError, type SecretValue } from "@vaultlink/core";
import { record } from "../config/merge.ts";
import type { Configuration } from "../config/load.ts";
import { type Failure, failureLines, NamesFailed } from "../output/failures.ts";
import type { CliContext } from "../context.ts";
import { resolve, type Resolving } from "./resolve.ts";

/** Something that is to get a value. */
export interface Wanted {
  /** What the value is kept under. */
  readonly key: string;
  /** What is resolved: the name of a link, or a reference. */
  readonly given: string;
  /** How a failure calls it; absent for what may be a value pasted by mistake. */
  readonly name?: string | undefined;
  /** Where it is wanted, which a failure says where it has no name. */
  readonly place?: string;
  /** Whether nothing may go on without it. */
  readonly required: boolean;
}

/** A link, as it is wanted under its own name. */
export function wantedLink(name: string, { links }: Pick<Configuration, "links">): Wanted {
  const required = record(links.get(name)?.definition ?? null).required ?? true;
  return { key: name, given: name, name, required };
}

/**
 * The values of all that is wanted, as `take` makes them; what is not required may be missing, and that is said. Throws
 * `NamesFailed` with every other failure, those that `take` threw among them.
 */
export async function collect<Value>(
  wanted: readonly Wanted[],
  about: Resolving,
  take: (value: SecretValue, wanted: Wanted) => Value,
): Promise<ReadonlyMap<string, Value>> {
  const outcomes = await resolve(
    wanted.map(({ given }) => given),
    about,
  );
  const values = new Map<string, Value>();
  const failures: Failure[] = [];
  for (const [at, one] of wanted.entries()) {
    const outcome = outcomes[at];
    const failed = failuresOf(one, () => {
      if (outcome?.status !== "fulfilled") throw outcome?.reason;
      values.set(one.key, take(outcome.value, one));
    });
    if (one.required) failures.push(...failed);
    else tellFailures(about.context, failed);
  }
  if (failures.length > 0) throw new NamesFailed(failures);
  return values;
}

/** What checking something that is wanted threw: under its name, or with its place. */
export function failuresOf({ name, place }: Pick<Wanted, "name" | "place">, check: () => void): readonly Failure[] {
  return failureOf(name, check).map((failure) => {
    if (name !== undefined || place === undefined || !isSecretError(failure.error)) return failure;
    const { code, message, details } = failure.error;
    return { error: new SecretError(code, `${place}: ${message}`, details) };
  });
}

/** Says failures that stop nothing. */
export function tellFailures(context: CliContext, failures: readonly Failure[]): void {
  const lines = failureLines(new NamesFailed(failures), (_, text) => text);
  for (const line of lines) context.notice(line.replace(/^vaultlink: /, ""));
}

/** What checking one name threw, as its failure. */
export function failureOf(name: string | undefined, check: () => void): readonly Failure[] {
  try {
    check();
    return [];
  } catch (error) {
    if (isSecretError(error)) return [{ ...(name !== undefined && { name }), error }];
    throw error;
  }
}
