import type { Session } from "@vaultlink/core/provider";
import type { OnePasswordConnectStandIn } from "@vaultlink/stand-ins";
import { onePassword, type OnePasswordOptions } from "../../src/index.ts";
import { context, type Lent } from "../support.ts";

/** Opens as `app` at a Connect server, lends the session and closes it whatever happens. */
export async function withConnect<T>(
  vault: Pick<OnePasswordConnectStandIn, "env">,
  use: (session: Session) => Promise<T>,
  { options = {}, env = {} }: { readonly options?: OnePasswordOptions; readonly env?: NonNullable<Lent["env"]> } = {},
): Promise<T> {
  const provider = onePassword({ auth: { method: "connect" }, ...options });
  const session = await provider.open(context({ env: { ...vault.env, ...env } }));
  try {
    return await use(session);
  } finally {
    await session.close?.();
  }
}
