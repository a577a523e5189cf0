import { SecretError } from "../errors/secret-error.ts";
import { parseExactJson } from "../exact-json.ts";
import type { SecretDocument } from "../contract/provider.ts";
import { select } from "../reference/select.ts";
import type { EntryLifetime } from "./ttl.ts";
import type { Instant } from "../time/sampled-clock.ts";

const encoder = new TextEncoder();
// A byte order mark is part of what the vault holds.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Where a document comes from. */
export interface EntryOrigin {
  readonly fingerprint: string;
  /** The number of the read that brought it, and of that read's last attempt. */
  readonly seq: number;
  readonly sentSeq: number;
  readonly sent: Instant;
  readonly ttlMs: number;
}

/** A document as the cache holds it: bytes of its own, nothing a caller could have changed. */
export class CacheEntry implements EntryLifetime {
  readonly kind: "text" | "bytes" | "fields";
  readonly version: string | undefined;
  readonly expiresAt: number | undefined;
  /** `true` or nothing, as a value says it. */
  readonly leased: true | undefined;
  readonly fingerprint: string;
  readonly seq: number;
  readonly sentSeq: number;
  readonly sent: Instant;
  #ttlMs: number;
  readonly #bytes: Uint8Array;
  readonly #selected = new Map<string, Uint8Array>();
  #pinned = false;
  #dropped = false;

  constructor(document: SecretDocument, about: EntryOrigin) {
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
    // What is no time lets nobody keep it.
    this.expiresAt = Number.isNaN(document.expiresAt) ? 0 : document.expiresAt;
    this.leased = document.lease === undefined ? undefined : true;
    this.fingerprint = about.fingerprint;
    this.seq = about.seq;
    this.sentSeq = about.sentSeq;
    this.sent = about.sent;
    this.#ttlMs = about.ttlMs;
  }

  /** The TTL it is kept under, in ms. */
  get ttlMs(): number {
    return this.#ttlMs;
  }

  /** It has expired under a TTL, in ms: a longer one brings it back no more. */
  expire(ttlMs: number): void {
    this.#ttlMs = Math.min(this.#ttlMs, ttlMs);
  }

  /** Bytes it occupies. */
  get size(): number {
    return this.#bytes.byteLength;
  }

  /**
   * The bytes a field names. They are never overwritten, so a delivered value outlives the entry; selecting the same
   * field again costs a map look-up. Throws `unusable` as `select` does.
   */
  select(fieldKey: string, field: readonly string[] | undefined): Uint8Array {
    let selected = this.#selected.get(fieldKey);
    if (selected === undefined) {
      selected = select(this.#document(), field);
      this.#selected.set(fieldKey, selected);
    }
    return selected;
  }

  /** Keeps its bytes until a promise settles: it has landed, and those who wait have not taken it yet. */
  pinUntil(settled: Promise<unknown>): void {
    const unpin = (): void => {
      this.#pinned = false;
      if (this.#dropped) this.wipe();
    };
    this.#pinned = true;
    settled.then(unpin, unpin);
  }

  /** Overwrites what it holds. Best effort: the runtime may have copies (SECURITY.md). */
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

/** Refuses what is no document at all, whatever the types of the provider's author say. */
export function assertDocument(document: unknown): asserts document is SecretDocument {
  const value: unknown =
    typeof document === "object" && document !== null ? (document as SecretDocument).value : undefined;
  const known = typeof value === "string" || (typeof value === "object" && value !== null && !Array.isArray(value));
  if (!known) throw new SecretError("internal", "The provider returned something that is not a document.");
  // UTF-8 has no half of a surrogate pair: the encoder would put another character there.
  if (typeof value === "string" && !value.isWellFormed()) {
    throw new SecretError("unusable", "The secret is not a valid Unicode text.", { reason: "not-unicode" });
  }
}
