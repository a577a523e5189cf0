import { SecretError } from "../errors/secret-error.ts";

/** What to throw for configuration that cannot be meant. `hint` is what helps. The message must not quote a value. */
export function invalidConfig(message: string, hint?: string): SecretError {
  return new SecretError("invalid_config", message, hint === undefined ? {} : { hint });
}
