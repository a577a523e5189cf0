import type { Context } from "@vaultlink/core/provider";
import type { AuthOptions } from "../auth-options.ts";
import type { HashicorpOptions } from "../options.ts";
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
