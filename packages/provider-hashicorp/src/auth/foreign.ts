import { SecretError } from "@vaultlink/core/provider";
import { parseAddress } from "../address.ts";
import { variable } from "../env.ts";
import type { Attempt } from "./attempt.ts";

/** What to throw for a credential of the environment that is meant for another vault than the one that is asked. */
export function foreignCredential(name: string, { address, context }: Attempt): SecretError {
  const held = addressIn(variable(context.env, "ADDR"));
  const message = `VAULT_${name} is for the vault at VAULT_ADDR${held === undefined ? "" : `, ${held}`}; this one is ${address}.`;
  const instead = held === undefined ? "" : `, or connect with --address ${held}`;
  return new SecretError("unauthenticated", message, { hint: `unset VAULT_ADDR${instead}` });
}

/** What is no address is not shown: it could be anything. */
function addressIn(held: string | undefined): string | undefined {
  try {
    return held === undefined ? undefined : parseAddress(held);
  } catch {
    return undefined;
  }
}
