import type { SecretDocument } from "../provider.ts";
import type { Entry } from "./entry.ts";
import type { Flight } from "./flights.ts";
import type { Hold } from "./hold.ts";
import type { Moment } from "./time.ts";

/** What names a document: its key, and what that begins with for the same connection and the same identity. */
export interface DocumentKey {
  readonly key: string;
  readonly fingerprint: string;
  readonly scope: string;
}

/** A document, when the request that brought it was sent, and what hangs on it at the vault. */
export interface Answer {
  readonly document: SecretDocument;
  readonly sent: Moment;
  readonly hold?: Hold | undefined;
}

/** A read of one document, to be joined by whoever wants the same. */
export type Read = Flight<Entry>;
