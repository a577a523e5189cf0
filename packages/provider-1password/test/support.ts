import type { Session } from "@vaultlink/core/provider";
import { withSession as withProvider } from "@vaultlink/test-support";
import { onePassword, type OnePasswordOptions } from "../src/index.ts";

export { context, parseLocator as at, refused, textOf } from "@vaultlink/test-support";

/** Opens with a token, lends the session and closes it whatever happens. */
export function withSession<T>(
  token: string,
  use: (session: Session) => Promise<T>,
  options: OnePasswordOptions = {},
): Promise<T> {
  return withProvider(onePassword(options), { env: { OP_SERVICE_ACCOUNT_TOKEN: token } }, use);
}
