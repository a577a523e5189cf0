import { isSecretError, SecretError } from "../errors/secret-error.ts";

/** Makes one call of a session, unless its credentials were refused before. */
export type CredentialLatch = <Value>(call: () => Promise<Value>) => Promise<Value>;

/**
 * Makes a session's guard against asking with refused credentials: once a call has failed with `unauthenticated`, every later
 * one fails so at once and nothing is sent. Vaults lock out whoever goes on asking, and count it against quotas.
 */
export function createCredentialLatch(): CredentialLatch {
  let refused: SecretError | undefined;
  return async (call) => {
    if (refused !== undefined) throw new SecretError(refused.code, refused.message, refused.details);
    try {
      return await call();
    } catch (thrown) {
      if (isSecretError(thrown) && thrown.code === "unauthenticated") refused = thrown;
      throw thrown;
    }
  };
}
