import type { SecretError } from "../errors/secret-error.ts";
import { sameBytes, type SecretValue } from "../secret-value.ts";
import type { LinkChange, RotatingOptions, WatchOptions } from "../value-changes.ts";
import { Follower, report } from "./follow.ts";
import { isUnchanged, type Newest, newest, readNewer, replaceInMs } from "./newest.ts";
import { fromOneRead } from "./one-read.ts";
import type { ValueSource } from "./value-source.ts";

/** Calls `fn` when a name has a new version, resolves no longer, or does again. The first look tells only a failure. */
export function watch<Target>(
  source: ValueSource<Target>,
  name: string,
  fn: (change: LinkChange) => void | Promise<void>,
  options: WatchOptions,
): Follower {
  const { clock, random } = source;
  let seen: Newest<Target> | undefined;
  let failed: SecretError | undefined;
  const tell = async (change: Pick<LinkChange, "version" | "error">): Promise<void> => {
    try {
      await fn({ name, at: clock.epochMs(), ...change });
    } catch (error) {
      report(options.onError, error, name);
    }
  };
  const fail = async (error: SecretError): Promise<void> => {
    const { code, details } = error;
    const before = failed;
    failed = error;
    if (before?.code !== code || before.details.reason !== details.reason) await tell({ error });
  };
  const look = async (signal: AbortSignal): Promise<void> => {
    try {
      const now = await newest(source, name, seen, { signal, replacesLeases: false });
      const changed = failed !== undefined || (seen !== undefined && !isUnchanged(source, seen, now));
      [seen, failed] = [now, undefined];
      if (changed && !signal.aborted) await tell(now.version === undefined ? {} : { version: now.version });
    } catch (error) {
      if (!signal.aborted) await fail(source.failure(error, name, seen?.target));
    }
  };
  const connections = (): readonly string[] => connectionsOf(source, seen === undefined ? [] : [seen]);
  const follower = new Follower({
    ...{ clock, random, names: [name], options, connections, look },
    onEnd: (error) => void fail(source.failure(error, name, seen?.target)),
  });
  source.followers?.add(follower);
  follower.look();
  return follower;
}

/**
 * Applies the values of names, and each new one, in order and one at a time. Resolves once the first are applied; rejects
 * if they cannot be read or applied, and then nothing goes on.
 */
export async function rotating<Target>(
  source: ValueSource<Target>,
  names: readonly string[],
  apply: (values: readonly SecretValue[]) => void | Promise<void>,
  options: RotatingOptions,
): Promise<Follower> {
  const { clock, random } = source;
  const fail = (error: unknown): void => report(options.onError, error, names[0]);
  let seen: ReadonlyArray<Newest<Target>> = [];
  let applied: readonly SecretValue[] = [];
  const step = async (signal: AbortSignal): Promise<void> => {
    const found: Array<Newest<Target>> = [];
    // One after the other: what is read for one name is kept for the next of its document.
    for (const [index, name] of names.entries()) {
      found.push(await newest(source, name, seen[index], { signal, replacesLeases: true }));
    }
    const named = found.map((one, index) => ({ ...one, name: names[index] ?? "" }));
    seen = await fromOneRead(named, {
      readingOf: ({ target, value }) => ({ value, document: source.documentOf(target) }),
      again: async ({ name, target }, newerThan) => ({
        name,
        ...(await readNewer(source, name, target, { newerThan, signal })),
      }),
    });
    const values = seen.map(({ value }) => value);
    const isApplied = applied.length > 0 && values.every((value, index) => sameBytes(value, applied[index] ?? value));
    if (signal.aborted || isApplied) return;
    await apply(values);
    applied = values;
  };
  const look = (signal: AbortSignal): Promise<void> =>
    step(signal).catch((error: unknown) => {
      if (!signal.aborted) fail(error);
    });
  const soonerMs = (): number => Math.min(...seen.map((one) => replaceInMs(one, clock.epochMs())));
  const connections = (): readonly string[] => connectionsOf(source, seen);
  const follower = new Follower({ clock, random, names, options, connections, look, soonerMs, onEnd: fail });
  await step(follower.signal);
  source.followers?.add(follower);
  follower.schedule();
  return follower;
}

function connectionsOf<Target>(source: ValueSource<Target>, seen: ReadonlyArray<Newest<Target>>): readonly string[] {
  return seen.flatMap(({ target }) => source.connectionOf(target) ?? []);
}
