import type { TokenInfo } from "../token-info.ts";

/** Credentials that the vault accepted. */
export interface Grant {
  /** Empty where a proxy adds it. */
  readonly token: string;
  /** Absent if the token may not look itself up. */
  readonly info: TokenInfo | undefined;
  /** Whether we obtained the token by a login, so that it is ours to revoke. */
  readonly ours: boolean;
  /** Whether a proxy adds the token and renews it. */
  readonly proxied?: true;
  /** The command that gives new credentials. */
  readonly hint: string;
}
