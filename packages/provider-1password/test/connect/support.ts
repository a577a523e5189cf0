import type { Session } from "@vaultlink/core/provider";
import type { OnePasswordConnectStandIn } from "@vaultlink/stand-ins";
import { type Lent, withSession } from "@vaultlink/test-support";
import { onePassword, type OnePasswordOptions } from "../../src/index.ts";

/** Opens as `app` at a Connect server, lends the session and closes it whatever happens. */
export function withConnect<T>(
  vault: Pick<OnePasswordConnectStandIn, "env">,
  use: (session: Session) => Promise<T>,
  { options = {}, env = {} }: { readonly options?: OnePasswordOptions; readonly env?: NonNullable<Lent["env"]> } = {},
): Promise<T> {
  const provider = onePassword({ auth: { method: "connect" }, ...options });
  return withSession(provider, { env: { ...vault.env, ...env } }, use);
}
