import type { ErrorCode } from "../errors/codes.ts";
import { SecretError } from "../errors/secret-error.ts";
import { parseExactJson, select } from "../reference/select.ts";
import type { SecretDocument } from "../contract/provider.ts";
import type { EntryLifetime } from "./ttl.ts";
import type { Provenance } from "../secret-value.ts";
import type { Instant } from "../time/clock.ts";

const encoder = new TextEncoder();
// A byte order mark is part of what the vault holds.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Where a document comes from, and when. */
export interface EntryOrigin {
  readonly fingerprint: string;
  /** The sequence number of the read that brought it, and of that read's last attempt. */
  readonly seq: number;
  readonly sentSeq: number;
  readonly sent: Instant;
  readonly ttlMs: number;
}

/** A document in the cache. It owns its bytes: no caller can change them. */
export class CacheEntry implements EntryLifetime {
  readonly kind: "text" | "bytes" | "fields";
  readonly version: string | undefined;
  readonly expiresAt: number | undefined;
  /** Whether the vault created it for this read, with a lease; absent if not, as in `Provenance`. */
  readonly leased: true | undefined;
  /** What all values that are served from the cache have in common; their age is their own. */
  readonly provenance: Provenance;
  readonly fingerprint: string;
  readonly seq: number;
  readonly sentSeq: number;
  readonly sent: Instant;
  #ttlMs: number;
  #staleCause: ErrorCode | undefined;
  readonly #bytes: Uint8Array;
  readonly #selected = new Map<string, Uint8Array>();
  #pinned = false;
  #dropped = false;

  constructor(document: SecretDocument, origin: EntryOrigin) {
    const { value } = document;
    if (typeof value === "string") {
      this.kind = "text";
      this.#bytes = encoder.encode(value);
    } else if (value instanceof Uint8Array) {
      this.kind = "bytes";
      this.#bytes = Uint8Array.from(value);
    } else {
      this.kind = "fields";
      this.#bytes = encoder.encode(JSON.stringify(value));
    }
    this.version = document.version;
    // An invalid time: do not store it.
    this.expiresAt = Number.isNaN(document.expiresAt) ? 0 : document.expiresAt;
    this.leased = document.lease === undefined ? undefined : true;
    const { version, expiresAt, leased } = this;
    this.provenance = { source: "cache", ageMs: 0, version, expiresAt, leased };
    this.fingerprint = origin.fingerprint;
    this.seq = origin.seq;
    this.sentSeq = origin.sentSeq;
    this.sent = origin.sent;
    this.#ttlMs = origin.ttlMs;
  }

  /** The TTL it is kept under, in ms. */
  get ttlMs(): number {
    return this.#ttlMs;
  }

  /** Marks it as expired under a TTL, in ms: a longer TTL set later does not make it fresh again. */
  expire(ttlMs: number): void {
    this.#ttlMs = Math.min(this.#ttlMs, ttlMs);
  }

  /** Why it was served although it had expired; absent if it never was. */
  get staleCause(): ErrorCode | undefined {
    return this.#staleCause;
  }

  /** It is served although it has expired, since the vault cannot be asked. */
  servedStale(cause: ErrorCode): void {
    this.#staleCause = cause;
  }

  /** Its size in bytes. */
  get size(): number {
    return this.#bytes.byteLength;
  }

  /**
   * The bytes of a field. They are never overwritten, so that a delivered value outlives the entry; selecting the same
   * field again costs one map look-up. Throws `unusable` as `select` does.
   */
  select(fieldKey: string, field: readonly string[] | undefined): Uint8Array {
    let selected = this.#selected.get(fieldKey);
    if (selected === undefined) {
      selected = select(this.#document(), field);
      this.#selected.set(fieldKey, selected);
    }
    return selected;
  }

  /** Keeps its bytes until a promise settles, even if it is wiped: callers have not copied them yet. */
  pinUntil(settled: Promise<unknown>): void {
    const unpin = (): void => {
      this.#pinned = false;
      if (this.#dropped) this.wipe();
    };
    this.#pinned = true;
    settled.then(unpin, unpin);
  }

  /** Overwrites its bytes. Best effort: the runtime may have copies (SECURITY.md). */
  wipe(): void {
    this.#dropped = true;
    if (this.#pinned) return;
    this.#bytes.fill(0);
    this.#selected.clear();
  }

  #document(): SecretDocument["value"] {
    if (this.kind === "bytes") return this.#bytes;
    const text = decoder.decode(this.#bytes);
    return this.kind === "text" ? text : (parseExactJson(text) as Record<string, unknown>);
  }
}

/** Throws `internal` or `unusable` for what a provider returned that is not a valid document. */
export function assertDocument(document: unknown): asserts document is SecretDocument {
  const value: unknown =
    typeof document === "object" && document !== null ? (document as SecretDocument).value : undefined;
  const known = typeof value === "string" || (typeof value === "object" && value !== null && !Array.isArray(value));
  if (!known) throw new SecretError("internal", "The provider returned something that is not a document.");
  // A lone surrogate has no UTF-8: the encoder would write another character.
  if (typeof value === "string" && !value.isWellFormed()) {
    throw new SecretError("unusable", "The secret is not valid Unicode text.", { reason: "not-unicode" });
  }
}
