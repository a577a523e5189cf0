import type { Failure } from "./errors.ts";

/** Who signs in: a service account by its token, which goes to one host only, or whoever uses the desktop app. */
export type Credential =
  | { readonly by: "token"; readonly token: string; readonly origin: string }
  | { readonly by: "desktop"; readonly account: string };

/** What the thread is started with. The token comes so, since a worker's data and environment could be printed. */
export interface SignIn {
  readonly type: "sign-in";
  readonly credential: Credential;
  readonly requestTimeoutMs: number;
  /** Where requests are counted, as one integer of 32 bits: shared, so that what an ended thread sent is not lost. */
  readonly sent: SharedArrayBuffer;
}

/** Which item a name meant. */
export interface Ids {
  readonly vaultId: string;
  readonly itemId: string;
  /** Whether the field is a file of bytes, which is read in another way. */
  readonly bytes: boolean;
}

/** A reference taken apart, as `checkLocator` has checked it. */
export interface Wanted {
  readonly vault: string;
  readonly item: string;
  readonly rest: string;
}

export type Job =
  | SignIn
  /** Reads by names, and says which item they meant. */
  | { readonly type: "read"; readonly wanted: readonly Wanted[] }
  /** Reads an item that is known by its ids. */
  | { readonly type: "read-known"; readonly ids: Ids; readonly rest: string }
  /** Finds the version of an item, by names or by its ids, without any value. */
  | { readonly type: "version"; readonly wanted: Wanted; readonly ids?: Ids }
  /** Lists a folder; `ids` are those of its vault and its item, as far as they are known. */
  | { readonly type: "list"; readonly folder: readonly string[]; readonly ids?: readonly string[] };

/** What became of one reference. */
export type Outcome =
  | { readonly ok: true; readonly value: string | Uint8Array; readonly ids?: Ids }
  | { readonly ok: false; readonly failure: Failure };

/** A vault, an item, or a field, which can be linked. */
export interface Listed {
  readonly path: string;
  readonly kind: "vault" | "item" | "field";
  /** Of the vault and of the item in it; none of a field. */
  readonly ids: readonly string[];
  /** What a person calls it, where its path has its id instead. */
  readonly title?: string;
  /** Ms since the epoch. */
  readonly updatedAt?: number;
}

/** What the thread answers. `failed` is the whole job's failure. */
export type Reply =
  | { readonly type: "signed-in" }
  | { readonly type: "outcomes"; readonly outcomes: readonly Outcome[] }
  | { readonly type: "versioned"; readonly version: string }
  | { readonly type: "listed"; readonly entries: readonly Listed[] }
  | { readonly type: "failed"; readonly failure: Failure };
