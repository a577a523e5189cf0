import { SecretError } from "@vaultlink/core/provider";
import { parseSecretArn, roleAccount } from "./arn.ts";

/** What one connection serves: secrets of its region, and of its account where it names one. */
export interface Scope {
  readonly region: string;
  /** Twelve digits. */
  readonly account?: string | undefined;
}

/** What a reference asks for, as far as it can lie outside. */
interface Asked {
  readonly secretId: string;
  readonly role?: string | undefined;
}

/** Throws `invalid_reference` for what lies outside. Sends nothing. */
export function checkScope({ secretId, role }: Asked, { account, region }: Scope): void {
  const arn = secretId.startsWith("arn:") ? parseSecretArn(secretId) : undefined;
  if (arn !== undefined && arn.region !== region) {
    throw mismatch(`This ARN is of another region; the connection is for ${region}.`, "--region <the ARN's region>");
  }
  if (account === undefined) return;
  if (arn !== undefined && arn.account !== account) throw ofAnotherAccount("This ARN", account);
  if (role !== undefined && roleAccount(role) !== account) throw ofAnotherAccount("This role", account);
}

/** A name means a secret of whoever asks: only the answer tells its account. Throws as `checkScope`. */
export function checkAnswer(arn: string | undefined, { account }: Scope): void {
  if (account === undefined || arn === undefined) return;
  if (parseSecretArn(arn)?.account !== account) throw ofAnotherAccount("The secret of this name", account);
}

function ofAnotherAccount(what: string, account: string): SecretError {
  return mismatch(`${what} is of another account; the connection is for ${account}.`, "--account <its account>");
}

function mismatch(message: string, flag: string): SecretError {
  return new SecretError("invalid_reference", message, {
    reason: "mismatch",
    hint: `vaultlink connect aws <name> ${flag}`,
  });
}
