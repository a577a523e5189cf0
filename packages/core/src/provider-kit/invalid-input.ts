import { SecretError } from "../errors/secret-error.ts";

/** What to throw for configuration that cannot be meant. `hint` is what helps. The message must not quote a value. */
export function invalidConfig(message: string, hint?: string): SecretError {
  return new SecretError("invalid_config", message, hint === undefined ? {} : { hint });
}

/** What to throw for a reference that can name nothing in the vault. The message must not quote it. */
export function invalidReference(message: string): SecretError {
  return new SecretError("invalid_reference", message);
}
