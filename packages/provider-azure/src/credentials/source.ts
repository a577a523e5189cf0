import type { Prompter } from "@vaultlink/core/provider";

/** A token to be had. */
export interface TokenRequest {
  readonly scope: string;
  /** The vault's, as far as it says; the configured one counts before it where a way of signing in has but one. */
  readonly tenantId?: string;
  /** What Entra demands beside the usual, as JSON. */
  readonly claims?: string;
  /** Ends with the session, or with the time that signing in may take. */
  readonly signal: AbortSignal;
  /** A person who may be asked: while the session opens, and not later. */
  readonly prompter?: Prompter;
}

export interface Token {
  readonly token: string;
  /** Ms since the epoch. */
  readonly expiresOnTimestamp: number;
  /** When Entra wants it renewed, in ms since the epoch, where it says so. */
  readonly refreshAfterTimestamp?: number | undefined;
}

/** One way of signing in. */
export interface Source {
  /** Gives a token, or throws a `SecretError`. */
  readonly token: (request: TokenRequest) => Promise<Token>;
  /** The command that gives new credentials. */
  readonly hint: string;
  /** Whether a person may be needed, who takes as long as a person takes. */
  readonly person: boolean;
  /** Whether somebody else may sign in there while a session lasts, without anybody telling us. */
  readonly switches?: true;
}
