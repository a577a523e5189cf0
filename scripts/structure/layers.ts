/** A room of the core: a folder below `packages/core/src`, or files that stand outside of one. */
export interface Room {
  readonly room: string;
  /** Paths below `packages/core/src`. One that ends with `/` stands for everything in that folder. */
  readonly paths: readonly string[];
}

/**
 * The rooms of the core, from the bottom up. A file imports from its own room and from those before it, types included;
 * within a room, imports make no cycle. A longer path counts before a shorter one. A new file needs no entry here if its
 * folder has one; an import from a later room means that the code sits in the wrong room.
 */
export const CORE_ROOMS: readonly Room[] = [
  { room: "time", paths: ["time/"] },
  { room: "text", paths: ["closest-match.ts"] },
  { room: "contract", paths: ["contract/"] },
  { room: "errors", paths: ["errors/"] },
  {
    room: "public types",
    paths: [
      "secret-value.ts",
      "access.ts",
      "cache-options.ts",
      "types.ts",
      "value-changes.ts",
      "vault-status.ts",
      "diagnostics.ts",
      "settings.ts",
    ],
  },
  { room: "async", paths: ["async/"] },
  { room: "reference", paths: ["reference/"] },
  { room: "provider-kit", paths: ["provider-kit/"] },
  { room: "cache", paths: ["cache/"] },
  { room: "connection", paths: ["connection/"] },
  { room: "resolver", paths: ["resolver/", "links.ts"] },
  { room: "vault", paths: ["vault/", "vault.ts"] },
  { room: "doors", paths: ["index.ts", "provider.ts", "internal.ts"] },
];
