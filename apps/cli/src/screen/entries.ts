import { SecretError } from "@vaultlink/core";

/** What a vault lists: documents, and folders whose path is the prefix to list next. */
export type Entries = AsyncIterable<ListedEntry>;

export interface ListedEntry {
  readonly locator: { readonly path: string; readonly query: Readonly<Record<string, string>> };
  readonly folder?: boolean;
}

/** Until a vault says what it has. */
// oxlint-disable-next-line require-yield -- it only fails
export async function* notListed(): Entries {
  throw new SecretError("unusable", "This connection does not list secrets; type the reference.", {
    reason: "not-listed",
  });
}
