import type { Provider, Session } from "@vaultlink/core/provider";
import { context, type Lent } from "./context.ts";

/** Opens, lends the session, and closes it whatever happens. */
export async function withSession<T>(
  provider: Provider,
  lent: Lent,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await provider.open(context(lent));
  try {
    return await use(session);
  } finally {
    await session.close?.();
  }
}
