import { certificateRules, networkRules } from "@vaultlink/core/provider";
import { REFERENCE_ERRORS } from "./reference.ts";
import type { OnePasswordErrorRule } from "../errors.ts";
import { SERVICE_ERRORS } from "./service.ts";

/** What the thread calls an answer that is larger than it may be. */
export const TOO_LARGE = "ERR_BODY_TOO_LARGE";

const TOKEN = "export OP_SERVICE_ACCOUNT_TOKEN=…";

/**
 * Every failure we know of a service account; the first that fits counts. The SDK has no error codes: the texts and types
 * are those of @1password/sdk 0.5.0, measured, and test/errors.test.ts fails where another version words one differently.
 */
export const SERVICE_ACCOUNT_ERRORS: readonly OnePasswordErrorRule[] = [
  {
    elsewhere: true,
    code: "unavailable",
    message: "The answer leads to another host, where no token is sent: something stands between here and 1Password.",
  },
  { codes: ["TimeoutError"], code: "timeout", message: "1Password did not answer in time." },
  ...networkRules({
    "unknown-host": "The host of the token's sign-in address is not known here.",
    refused: "Nothing answers at the token's sign-in address.",
  }),
  ...certificateRules("The certificate at the token's sign-in address", {
    untrusted: "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem",
  }),
  {
    codes: [TOO_LARGE],
    code: "unusable",
    message: "1Password's answer is larger than 64 MiB.",
    reason: "too-large",
  },
  {
    says: ["rate limit exceeded"],
    code: "throttled",
    message: "1Password's limit on requests is reached, that of the hour or that of the day.",
    hint: "op service-account ratelimit",
  },
  {
    says: ["invalid service account token, please make sure", "service account token had invalid format"],
    code: "unauthenticated",
    message: "1Password's SDK cannot read this service account token.",
    hint: TOKEN,
  },
  {
    says: ["you are not authenticated", "please retry: failed to authenticate"],
    code: "unauthenticated",
    message: "1Password refuses the service account token: it is wrong, revoked or expired.",
    hint: TOKEN,
  },
  {
    says: ["DecryptingSymmetricKey(GcmFailedToDecrypt)"],
    code: "unauthenticated",
    message: "The service account token does not open the account's keys.",
    hint: TOKEN,
  },
  {
    says: ["have the right permissions to"],
    code: "denied",
    message: "1Password does not let this service account do that.",
    hint: "op service-account create <name> --vault <vault>:read_items",
  },
  ...SERVICE_ERRORS,
  ...REFERENCE_ERRORS,
  {
    says: ["reqwest library: bad data provided to builder"],
    code: "invalid_config",
    message: "The token's sign-in address is no address.",
    hint: TOKEN,
  },
];
