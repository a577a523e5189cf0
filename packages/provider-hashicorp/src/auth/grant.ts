import type { TokenFacts } from "../facts.ts";

/** Credentials that the vault accepted. */
export interface Grant {
  readonly token: string;
  /** Absent if the token may not look itself up. */
  readonly facts: TokenFacts | undefined;
  /** Whether we obtained the token by a login, so that it is ours to revoke. */
  readonly ours: boolean;
  /** The command that gives new credentials. */
  readonly mend: string;
}
