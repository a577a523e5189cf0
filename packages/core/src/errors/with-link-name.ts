import { type ErrorDetails, SecretError } from "./secret-error.ts";
import { toSecretError } from "./to-secret-error.ts";

/** Anything else could be a secret that was pasted, and breaks a command that it stands in. */
const PLAIN = /^[A-Za-z_][\w.-]{0,99}$/;

/** Whether a link's or connection's name may stand in a message. */
export function isPlainName(name: string): boolean {
  return PLAIN.test(name);
}

/** The same failure, saying which name it is about, if that may be said. Never throws. */
export function withLinkName(thrown: unknown, name: string | undefined, connection: string | undefined): SecretError {
  const error = toSecretError(thrown);
  const shown = name !== undefined && isPlainName(name) ? name : undefined;
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
