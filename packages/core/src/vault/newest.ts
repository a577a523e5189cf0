import { POLICY } from "../errors/codes.ts";
import { isSecretError } from "../errors/secret-error.ts";
import { sameBytes, sequenceOf, type SecretValue } from "../secret-value.ts";
import type { ValueSource } from "./value-source.ts";

/** The share of its life that a lease has left when it is replaced. */
const LEASE_LEFT = 1 / 3;
/** A replacement that failed is not tried again sooner, in ms. */
const MIN_RETRY_MS = 250;
/** The same once the lease has ended, in ms. */
const EXPIRED_RETRY_MS = 1000;

/** The newest value of a name that was seen, and what tells whether there is a newer one. */
export interface Newest<Target> {
  readonly target: Target;
  readonly value: SecretValue;
  /** What the vault calls its version, without which only values tell a change. */
  readonly version: string | undefined;
  /** When a leased one is to be replaced, in ms since the epoch. */
  readonly replaceAt: number;
}

/** How a name is looked at. */
export interface Look {
  readonly signal: AbortSignal;
  /** Takes a new lease before the one that was seen ends. Others who look never make the vault create a credential. */
  readonly replacesLeases: boolean;
}

/**
 * The newest value of a name: `before` itself where there is no newer one. The vault is asked for its version only, where
 * it tells one; a value is read if that is new. Where it tells none, the value is read as any `get` reads it, which asks
 * the vault once it has expired in the cache. Rejects with a `SecretError`.
 */
export async function newest<Target>(
  source: ValueSource<Target>,
  name: string,
  before: Newest<Target> | undefined,
  look: Look,
): Promise<Newest<Target>> {
  const { clock } = source;
  const { target, version: askVersion } = await source.locate(name, look.signal);
  const read = async (newerThan?: number, version?: string): Promise<Newest<Target>> =>
    describe(source, target, await source.read(name, { newerThan, signal: look.signal }), version);
  if (before === undefined || !source.isSame(before.target, target)) return read();
  const seq = sequenceOf(before.value);
  if (before.value.provenance.leased === true) {
    if (look.replacesLeases && clock.epochMs() >= before.replaceAt) return read(seq);
    const kept = (await source.kept(name, before, look.signal)) ?? before.value;
    return kept === before.value ? before : describe(source, target, kept);
  }
  try {
    const version = await askVersion();
    if (version === undefined) return await read();
    if (version === (before.version ?? version)) return { ...before, version };
    return await read(seq, version);
  } catch (error) {
    if (!isSecretError(error)) throw error;
    // The read says the same, and drops what the cache still has.
    if (POLICY[error.code].purge) return read(seq);
    // The vault cannot be asked, and the value that it had is served until it expires.
    const isOutage = POLICY[error.code].retry === true;
    if (isOutage && (await source.kept(name, before, look.signal)) !== undefined) return before;
    throw error;
  }
}

/** Reads a name again: only what was read after `newerThan` counts. Rejects with a `SecretError`. */
export async function readNewer<Target>(
  source: ValueSource<Target>,
  name: string,
  target: Target,
  options: { readonly newerThan: number; readonly signal: AbortSignal },
): Promise<Newest<Target>> {
  return describe(source, target, await source.read(name, options));
}

function describe<Target>(
  { clock }: ValueSource<Target>,
  target: Target,
  value: SecretValue,
  version?: string,
): Newest<Target> {
  const { ageMs, expiresAt = Infinity, leased, version: own = version } = value.provenance;
  const now = clock.epochMs();
  const replaceAt = leased === true ? expiresAt - (expiresAt - (now - ageMs)) * LEASE_LEFT : Infinity;
  return { target, value, version: own, replaceAt };
}

/** Whether two are the same to whoever looks: one version, one lease, or, where nothing else tells, one value. */
export function isUnchanged<Target>(
  { isSame }: ValueSource<Target>,
  before: Newest<Target>,
  now: Newest<Target>,
): boolean {
  if (before === now) return true;
  if (!isSame(before.target, now.target) || now.value.provenance.leased === true) return false;
  if (before.version !== undefined && now.version !== undefined) return before.version === now.version;
  return sameBytes(before.value, now.value);
}

/** Ms until a leased value is to be replaced, `Infinity` for any other; after a failure, a part of the time that is left. */
export function replaceInMs({ replaceAt, value }: Pick<Newest<unknown>, "replaceAt" | "value">, nowMs: number): number {
  const { expiresAt = Infinity } = value.provenance;
  if (replaceAt === Infinity) return Infinity;
  // Whoever has it cannot go on: the usual interval would be too long.
  if (nowMs >= expiresAt) return EXPIRED_RETRY_MS;
  return nowMs < replaceAt ? replaceAt - nowMs : Math.max(MIN_RETRY_MS, (expiresAt - nowMs) * LEASE_LEFT);
}
