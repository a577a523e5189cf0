import { type ErrorCode, isSecretError, SecretError } from "@vaultlink/core/provider";
import { bound } from "../kit/bound.ts";
import type { Difference } from "./mutant.ts";

/** What fails with one code fails with another error instead, in `open` and in every call. */
export function instead(code: ErrorCode | "any", other: (thrown: SecretError) => unknown): Pick<Difference, "open"> {
  const spoilt = (thrown: unknown): never => {
    if (isSecretError(thrown) && (code === "any" || thrown.code === code)) throw other(thrown);
    throw thrown;
  };
  return {
    open: (provider) => async (context) => {
      const session = bound(await provider.open(context).catch(spoilt));
      const { readMany, renew } = session;
      return {
        ...session,
        read: (...given) => session.read(...given).catch(spoilt),
        ...(readMany && { readMany: (...given) => readMany(...given).catch(spoilt) }),
        ...(renew && { renew: (...given) => renew(...given).catch(spoilt) }),
      };
    },
  };
}

/** An error of another code. */
export const as =
  (code: ErrorCode): (() => SecretError) =>
  () =>
    new SecretError(code, "It did not work.");
/** The same error, with one member more. */
export const beside =
  (name: string, held: unknown): ((thrown: SecretError) => SecretError) =>
  (thrown: SecretError) =>
    Object.assign(new SecretError(thrown.code, "It did not work.", thrown.details), { [name]: held });
