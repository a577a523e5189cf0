import type { OnePasswordErrorRule } from "../errors.ts";

/** What befalls a call at 1Password or on the way back. Texts are those of @1password/sdk 0.5.0, measured. */
export const SERVICE_ERRORS: readonly OnePasswordErrorRule[] = [
  {
    says: ["no vault matched the secret reference query"],
    status: [404],
    code: "unavailable",
    message: "The token's sign-in address answers, but not as 1Password does.",
  },
  {
    says: ["reqwest library: error sending request", "Unexpected error when retrieving response contents"],
    code: "unavailable",
    message: "The connection to 1Password broke before its answer was complete.",
  },
  {
    says: ["request timeout", "internal server error", "unexpected status code in response: "],
    code: "unavailable",
    message: "1Password failed.",
  },
  {
    says: ["data conflict occurred on the server", "a conflict occurred on the server"],
    code: "unavailable",
    message: "1Password was changing this just now.",
  },
  {
    says: ["when deserializing HTTP responses into", "when decrypting request body: ", "DecryptionHashMismatch"],
    code: "unavailable",
    message: "The answer did not come from 1Password, or was damaged on its way.",
  },
  {
    says: ["missing file encryption key"],
    code: "unavailable",
    message: "1Password gave an empty file.",
  },
  {
    says: ["authentication error: resource not found", "bad request"],
    code: "unavailable",
    message: "What answers at the token's sign-in address does not know these requests.",
  },
];
