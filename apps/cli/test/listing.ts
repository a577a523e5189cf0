import type { ListEntry, Plugin } from "@vaultlink/core";
import { defineProvider } from "@vaultlink/core/provider";

/** A vault that lists what it holds, folder by folder, and gives nothing: what `create` of a plugin makes. */
export const listingVault =
  (
    held: Readonly<Record<string, readonly ListEntry[]>>,
    onList: (prefix: string) => void = () => {},
  ): Plugin["create"] =>
  () =>
    defineProvider({
      name: "memory",
      open: async () => ({
        identity: "somebody",
        read: () => Promise.reject(new Error("Nothing is read.")),
        async *list({ prefix }) {
          onList(prefix);
          yield* held[prefix] ?? [];
        },
      }),
    });
