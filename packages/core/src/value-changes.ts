import type { SecretError } from "./errors/secret-error.ts";
import type { SecretValue } from "./secret-value.ts";

/** The values of one name, or of several in their order. */
export type ValuesOf<Names extends string | readonly string[]> = Names extends readonly string[]
  ? { readonly [Index in keyof Names]: SecretValue }
  : SecretValue;

/** How often a name is looked at. */
export interface CheckOptions {
  /** Ms between two looks; by chance up to a tenth less, so that many programs do not ask at once. @default 60000, at least 1000 */
  readonly intervalMs?: number;
}

/** How `watch` looks. */
export interface WatchOptions extends CheckOptions {
  /** Receives what `fn` threw. @default a warning of the process, without what was thrown */
  readonly onError?: (error: unknown) => void;
}

/** How `rotating` looks. */
export interface RotatingOptions extends CheckOptions {
  /**
   * Receives what `apply` threw, and the `SecretError` of a look that failed. Both are tried again at the next look, until
   * the rotation ends. @default a warning of the process, without what was thrown
   */
  readonly onError?: (error: unknown) => void;
}

/** What `watch` tells. Never a value: `get` has the new one. */
export interface LinkChange {
  readonly name: string;
  /** When it was noticed, in ms since the epoch. */
  readonly at: number;
  /** The vault's own id of the version that counts now, where it keeps versions and the link resolves. */
  readonly version?: string;
  /** Why the link does not resolve any more; absent if it does, or does again. */
  readonly error?: SecretError;
}

/** A name that is being looked at, until it is closed, or the vault is, or the name is unlinked or disconnected. */
export interface Watch extends AsyncDisposable {
  /** Ends it. Resolves when a call that is under way has ended; no other begins. */
  close(): Promise<void>;
}
