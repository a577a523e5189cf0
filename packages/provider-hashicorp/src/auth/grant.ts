import type { TokenFacts } from "../facts.ts";

/** Credentials that the vault accepted. */
export interface Grant {
  /** Empty where a proxy adds it. */
  readonly token: string;
  /** Absent if the token may not look itself up. */
  readonly facts: TokenFacts | undefined;
  /** Whether we obtained the token by a login, so that it is ours to revoke. */
  readonly ours: boolean;
  /** Whether a proxy adds the token and renews it. */
  readonly proxied?: true;
  /** The command that gives new credentials. */
  readonly hint: string;
}
