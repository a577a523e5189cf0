import type { CacheOptions, LinkDefinition } from "@vaultlink/core";
import type { ProviderEntry } from "../third-party/source.ts";

/** A connection as a file has it: the provider's options stand beside ours. */
export interface ConnectionEntry {
  readonly provider: ProviderEntry;
  readonly maxSession?: number;
  readonly [option: string]: unknown;
}

/** What `vaultlink.json` holds. */
export interface ProjectContent {
  readonly version: 1;
  readonly links?: Readonly<Record<string, LinkDefinition>>;
  readonly connections?: Readonly<Record<string, ConnectionEntry>>;
}

/** How long values are kept. */
export type UserCache = Pick<CacheOptions, "ttl" | "onExpired" | "staleOnError" | "refreshAhead">;

/** What the user configuration holds. */
export interface UserContent extends ProjectContent {
  readonly cache?: UserCache;
  readonly audit?: boolean;
  readonly agent?: "auto" | "on" | "off";
  readonly disconnected?: readonly string[];
  readonly allowedNames?: readonly string[];
}
