import type { Context } from "@vaultlink/core/provider";

/** What a sign-in gives. */
export interface SignedIn {
  readonly token: string;
  /** When the token lapses, in ms since the epoch. */
  readonly expiresAt: number;
  /** An address of mail. */
  readonly identity?: string;
}

/** Credentials that were found. */
export interface Credentials {
  /** Gets a token. */
  readonly signIn: (context: Pick<Context, "signal">) => Promise<SignedIn>;
  /** The project they belong to. */
  readonly project: string | undefined;
}
