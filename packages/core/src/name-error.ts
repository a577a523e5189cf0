import { type ErrorDetails, SecretError } from "./errors/secret-error.ts";
import { wrap } from "./errors/wrap.ts";

/** What may be repeated in a message: the name of a link or connection. Anything else could be a pasted secret. */
const PLAIN = /^[A-Za-z_][\w.-]{0,99}$/;

/** The same failure, saying which name it is about. Never throws. */
export function nameError(thrown: unknown, name: string, connection: string | undefined): SecretError {
  const error = wrap(thrown);
  const { ageMs } = thrown instanceof SecretError ? thrown.details : {};
  const details: ErrorDetails = {
    ...error.details,
    ...(ageMs !== undefined && { ageMs }),
    ...(PLAIN.test(name) && { name }),
    ...(connection !== undefined && { connection }),
  };
  const message =
    PLAIN.test(name) && !error.message.startsWith(`${name}: `) ? `${name}: ${error.message}` : error.message;
  return new SecretError(error.code, message, details);
}
