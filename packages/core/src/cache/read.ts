import type { SecretDocument } from "../contract/provider.ts";
import type { CacheEntry } from "./entry.ts";
import type { InFlightRead } from "./in-flight.ts";
import type { Hold } from "./hold.ts";
import type { Instant } from "../time/sampled-clock.ts";

/** What names a document: its key, and what that begins with for the same connection and the same identity. */
export interface DocumentKey {
  readonly key: string;
  readonly fingerprint: string;
  readonly scope: string;
}

/** A document, when the request that brought it was sent, and what hangs on it at the vault. */
export interface ReadResult {
  readonly document: SecretDocument;
  readonly sent: Instant;
  readonly hold?: Hold | undefined;
}

/** A read of one document, to be joined by whoever wants the same. */
export type DocumentRead = InFlightRead<CacheEntry>;
