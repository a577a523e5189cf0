import type { Session } from "@vaultlink/core/provider";
import { type Lent, withSession as withProvider } from "@vaultlink/test-support";
import { type AwsOptions, aws } from "../src/index.ts";

export { context, type Env, type Lent, locator, refused, textOf, typing } from "@vaultlink/test-support";

/** Opens, lends the session, and closes it whatever happens. */
export function withSession<T>(options: AwsOptions, lent: Lent, use: (session: Session) => Promise<T>): Promise<T> {
  return withProvider(aws(options), lent, use);
}
