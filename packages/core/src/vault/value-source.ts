import { type SecretError, withLinkName } from "../errors/secret-error.ts";
import type { LinkTarget } from "../links.ts";
import { currentVersion } from "../resolver/version.ts";
import { sequenceOf, type SecretValue } from "../secret-value.ts";
import type { Clock } from "../time/clock.ts";
import type { GetOptions } from "../types.ts";
import type { Followers } from "./follow.ts";
import { deadlineOf, resolveOptions, type VaultInternals } from "./internals.ts";
import { documentKey, locate } from "./locate.ts";

/** Reads a name; with `newerThan`, only what was read after that sequence number counts. */
export type ReadName = (
  name: string,
  options?: { readonly newerThan?: number | undefined; readonly signal?: AbortSignal },
) => Promise<SecretValue>;

/** Where a name leads, at one look. */
export interface Located<Target> {
  readonly target: Target;
  /** The vault's own id of the current version, asked for without its value; `undefined` where it tells none. */
  readonly version: () => Promise<string | undefined>;
}

/** Where values and their versions are had by whoever looks again and again: a vault of this process, or an agent. */
export interface ValueSource<Target> {
  readonly clock: Clock;
  readonly random: () => number;
  /** Those who look, where somebody may end them. */
  readonly followers?: Followers;
  readonly read: ReadName;
  /** Rejects where the name leads nowhere. */
  readonly locate: (name: string, signal: AbortSignal) => Promise<Located<Target>>;
  /** Whether both lead to the same field of the same document. */
  readonly isSame: (one: Target, other: Target) => boolean;
  /** The document that it leads to, where that is known. */
  readonly documentOf: (target: Target) => string | undefined;
  /** The connection that it leads to, where that is known. */
  readonly connectionOf: (target: Target) => string | undefined;
  /** What a `get` would be served that asks no vault: `before` itself if nothing newer, `undefined` if nothing at all. */
  readonly kept: (
    name: string,
    before: { readonly target: Target; readonly value: SecretValue },
    signal: AbortSignal,
  ) => Promise<SecretValue | undefined>;
  /** What was thrown, as what is told about the name. */
  readonly failure: (thrown: unknown, name: string, target: Target | undefined) => SecretError;
}

/** The names of a vault. */
export function sourceOf(internals: VaultInternals, read: ReadName): ValueSource<LinkTarget> {
  const { clock, followers, links, random } = internals;
  return {
    ...{ clock, random, followers, read, isSame },
    locate: (name, signal) => located(internals, name, { signal }),
    documentOf: documentKey,
    connectionOf: ({ connection }) => connection,
    async kept(name, { target, value }, signal) {
      const [seq, seen] = [storedSeq(internals, target), sequenceOf(value)];
      if (seq === undefined) return undefined;
      return seq > seen ? read(name, { signal }) : value;
    },
    failure: (thrown, name, target) => withLinkName(thrown, links.get(name) && name, target?.connection),
  };
}

/** The version that a name has now, as `Located.version`. Rejects with a `SecretError`. */
export async function versionOfName(
  internals: VaultInternals,
  name: string,
  options: GetOptions,
): Promise<string | undefined> {
  const { links } = internals;
  let found: Located<LinkTarget> | undefined;
  try {
    found = await located(internals, name, options);
    return await found.version();
  } catch (thrown) {
    throw withLinkName(thrown, links.get(name) && name, found?.target.connection);
  }
}

async function located(internals: VaultInternals, name: string, options: GetOptions): Promise<Located<LinkTarget>> {
  const call = resolveOptions(internals, options);
  const target = await locate(name, internals.links, internals.registry, deadlineOf(internals, call));
  return { target, version: () => currentVersion(internals, target, call) };
}

/** The number of the read that brought the document that a `get` would be served now; `undefined` if it is none. */
function storedSeq({ cache, registry, resolver }: VaultInternals, target: LinkTarget): number | undefined {
  const handle = registry.get(target.connection)?.current;
  if (handle?.connection.live() === undefined) return undefined;
  const key = resolver.key(target, handle);
  return key === undefined ? undefined : cache.store.inspect(key)?.entry.seq;
}

function isSame(one: LinkTarget, other: LinkTarget): boolean {
  return (
    one === other ||
    (one.connection === other.connection && one.canonical === other.canonical && one.fieldKey === other.fieldKey)
  );
}
