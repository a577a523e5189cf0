import type { ErrorCode } from "./errors/codes.ts";
import { SecretError } from "./errors/secret-error.ts";

/** Where a value comes from, and how old it is. */
export interface Provenance {
  /** `"vault"`: read for this call. `"cache"`: kept, still fresh. `"stale"`: expired, the vault could not be asked. */
  readonly source: "vault" | "cache" | "stale";
  /** How long ago the vault was asked, in ms. */
  readonly ageMs: number;
  /** The vault's own version id, if it has one. */
  readonly version?: string | undefined;
  /** When the value itself expires, in ms since the epoch, if the vault says so. */
  readonly expiresAt?: number | undefined;
  /** Created by the vault for this read: it ends with its lease, at `expiresAt` or when this vault object is closed. */
  readonly leased?: boolean | undefined;
  /** Set when credentials had expired and `cache.onExpired` is `"serve"`. */
  readonly connection?: "expired" | undefined;
  /** Why a stale value was served. */
  readonly cause?: ErrorCode | undefined;
}

/** The sequence number of the read that brought a value: a later read has a greater one. */
export let sequenceOf: (value: SecretValue) => number;
/** Whether two values are equal. */
export let sameBytes: (a: SecretValue, b: SecretValue) => boolean;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A secret that does not print: logs, templates, JSON and `util.inspect` show `[secret]`.
 * It owns its bytes: nothing that happens to the cache later changes it.
 */
export class SecretValue {
  readonly #bytes: Uint8Array;
  readonly #seq: number;
  readonly #origin: Provenance;
  readonly #ageMs: number;

  /**
   * `bytes` must never be written to again. For core itself: `seq`, the number of the read that brought them, and `ageMs`,
   * where several values of one document share a provenance and differ in their age.
   */
  constructor(bytes: Uint8Array, provenance: Provenance, seq = 0, ageMs: number = provenance.ageMs) {
    this.#bytes = bytes;
    this.#seq = seq;
    this.#origin = provenance;
    this.#ageMs = ageMs;
  }

  /** Where it comes from, and how old it is. Made when it is asked for: most callers want the value alone. */
  get provenance(): Provenance {
    return { ...this.#origin, ageMs: this.#ageMs };
  }

  /** The value as text. Throws `unusable` for bytes that are not UTF-8: those are for `bytes()`. */
  reveal(): string {
    try {
      return decoder.decode(this.#bytes);
    } catch {
      throw new SecretError("unusable", "The secret is binary; it cannot be given as text.", { reason: "binary" });
    }
  }

  /** The value as bytes: a copy that is the caller's. */
  bytes(): Uint8Array {
    return this.#bytes.slice();
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  static {
    sequenceOf = (value) => value.#seq;
    sameBytes = (a, b) => Buffer.compare(a.#bytes, b.#bytes) === 0;
    // What `util.inspect` and `console.log` ask for; `isolatedDeclarations` allows no computed member for it.
    Object.defineProperty(this.prototype, Symbol.for("nodejs.util.inspect.custom"), { value: () => "[secret]" });
  }
}
