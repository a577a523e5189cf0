import { POLICY } from "../errors/codes.ts";
import { isSecretError } from "../errors/secret-error.ts";
import type { LinkTarget } from "../links.ts";
import { currentVersion } from "../resolver/version.ts";
import { sameBytes, sequenceOf, type SecretValue } from "../secret-value.ts";
import { deadlineOf, resolveOptions, type VaultInternals } from "./internals.ts";
import { locate } from "./locate.ts";
import type { ReadName } from "./use.ts";

/** The share of its life that a lease has left when it is replaced. */
const LEASE_LEFT = 1 / 3;
/** A replacement that failed is not tried again sooner, in ms. */
const MIN_RETRY_MS = 250;
/** The same once the lease has ended, in ms. */
const EXPIRED_RETRY_MS = 1000;

/** The newest value of a name that was seen, and what tells whether there is a newer one. */
export interface Newest {
  readonly target: LinkTarget;
  readonly value: SecretValue;
  /** What the vault calls its version, without which only values tell a change. */
  readonly version: string | undefined;
  /** When a leased one is to be replaced, in ms since the epoch. */
  readonly replaceAt: number;
}

/** How a name is looked at. */
export interface Look {
  readonly read: ReadName;
  readonly signal: AbortSignal;
  /** Takes a new lease before the one that was seen ends. Others who look never make the vault create a credential. */
  readonly replacesLeases: boolean;
}

/**
 * The newest value of a name: `before` itself where there is no newer one. The vault is asked for its version only, where
 * it tells one; a value is read if that is new. Where it tells none, the value is read as any `get` reads it, which asks
 * the vault once it has expired in the cache. Rejects with a `SecretError`.
 */
export async function newest(
  internals: VaultInternals,
  name: string,
  before: Newest | undefined,
  look: Look,
): Promise<Newest> {
  const { clock, links, registry } = internals;
  const call = resolveOptions(internals, { signal: look.signal });
  const target = await locate(name, links, registry, deadlineOf(internals, call));
  const read = async (newerThan?: number, version?: string): Promise<Newest> => {
    const value = await look.read(name, { newerThan, signal: look.signal });
    const { ageMs, expiresAt = Infinity, leased, version: own = version } = value.provenance;
    const now = clock.epochMs();
    const replaceAt = leased === true ? expiresAt - (expiresAt - (now - ageMs)) * LEASE_LEFT : Infinity;
    return { target, value, version: own, replaceAt };
  };
  if (before === undefined || !isSame(before.target, target)) return read();
  const seq = sequenceOf(before.value);
  if (before.value.provenance.leased === true) {
    if (look.replacesLeases && clock.epochMs() >= before.replaceAt) return read(seq);
    return (storedSeq(internals, target) ?? 0) > seq ? read() : before;
  }
  try {
    const version = await currentVersion(internals, target, call);
    if (version === undefined) return await read();
    if (version === (before.version ?? version)) return { ...before, version };
    return await read(seq, version);
  } catch (error) {
    if (!isSecretError(error)) throw error;
    // The read says the same, and drops what the cache still has.
    if (POLICY[error.code].purge) return read(seq);
    // The vault cannot be asked, and the value that it had is served until it expires.
    if (POLICY[error.code].retry === true && storedSeq(internals, target) !== undefined) return before;
    throw error;
  }
}

/** Whether two are the same to whoever looks: one version, one lease, or, where nothing else tells, one value. */
export function isUnchanged(before: Newest, now: Newest): boolean {
  if (before === now) return true;
  if (!isSame(before.target, now.target) || now.value.provenance.leased === true) return false;
  if (before.version !== undefined && now.version !== undefined) return before.version === now.version;
  return sameBytes(before.value, now.value);
}

/** Ms until a leased value is to be replaced, `Infinity` for any other; after a failure, a part of the time that is left. */
export function replaceInMs({ replaceAt, value }: Newest, nowMs: number): number {
  const { expiresAt = Infinity } = value.provenance;
  if (replaceAt === Infinity) return Infinity;
  // Whoever has it cannot go on: the usual interval would be too long.
  if (nowMs >= expiresAt) return EXPIRED_RETRY_MS;
  return nowMs < replaceAt ? replaceAt - nowMs : Math.max(MIN_RETRY_MS, (expiresAt - nowMs) * LEASE_LEFT);
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
