import { type ErrorDetails, SecretError } from "./errors/secret-error.ts";
import { wrap } from "./errors/wrap.ts";

/** What may be repeated in a message: the name of a link or connection. Anything else could be a pasted secret. */
const PLAIN = /^[A-Za-z_][\w.-]{0,99}$/;

/** The same failure, saying which name it is about, if that may be said. Never throws. */
export function nameError(thrown: unknown, name: string | undefined, connection: string | undefined): SecretError {
  const error = wrap(thrown);
  const shown = name !== undefined && PLAIN.test(name) ? name : undefined;
  const { ageMs } = thrown instanceof SecretError ? thrown.details : {};
  const details: ErrorDetails = {
    ...error.details,
    ...(ageMs !== undefined && { ageMs }),
    ...(shown !== undefined && { name: shown }),
    ...(connection !== undefined && { connection }),
  };
  const message =
    shown === undefined || error.message.startsWith(`${shown}: `) ? error.message : `${shown}: ${error.message}`;
  return new SecretError(error.code, message, details);
}
