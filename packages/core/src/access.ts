import type { ErrorCode } from "./errors/codes.ts";
import type { Provenance } from "./secret-value.ts";

/** One value that was given, or refused. Never the value. */
export interface Access {
  /** In ms since the epoch. */
  readonly at: number;
  /** The link's name; absent for a reference that no link has. */
  readonly name?: string;
  readonly reference?: string;
  readonly connection?: string;
  /** Who the vault says we are, if known. */
  readonly identity?: string;
  /** Where the value came from; absent if it was refused. */
  readonly source?: Provenance["source"];
  /** The vault's own version id. */
  readonly version?: string;
  /** Why it was refused. */
  readonly code?: ErrorCode;
}
