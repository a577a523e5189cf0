import type { Context } from "@vaultlink/core/provider";
import type { AuthOptions } from "../auth-options.ts";
import type { HashicorpOptions } from "../options.ts";
import type { TokenInfo } from "../token-info.ts";
import type { VaultApi } from "../vault-api.ts";

/** One attempt to sign in: what every method works with. */
export interface Attempt {
  readonly api: VaultApi;
  readonly auth: AuthOptions;
  /** Those of the connection, for what is not about signing in alone, such as certificates. */
  readonly options: HashicorpOptions;
  readonly address: string;
  /** Empty for the root. */
  readonly namespace: string;
  readonly context: Context;
}

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
