import type { ErrorCode } from "@vaultlink/core";
import type { Seen } from "./seen.ts";

/** One kind of failure: when it is meant, and what we make of it. All conditions of a row must hold. */
export interface Row {
  /** Only if the SDK's text ends with one of these, or goes on with what it had to say of the cause. */
  readonly says?: readonly string[];
  /** Or, in a batch, if the failure is of one of these types. */
  readonly types?: readonly string[];
  /** Only if the last answer had one of these statuses. */
  readonly status?: readonly number[];
  /** Only if no answer came, for one of these reasons, as beginnings of Node's codes. */
  readonly network?: readonly string[];
  /** Only if the vault, or something before it, led elsewhere. */
  readonly elsewhere?: true;
  readonly code: ErrorCode;
  /** No two rows say the same, so that a message tells its row. */
  readonly message: string;
  readonly mend?: string;
  readonly reason?: string;
}

const TOKEN = "export OP_SERVICE_ACCOUNT_TOKEN=…";

/**
 * Every failure we know; the first that fits counts. The SDK has no error codes: the texts and types are those of
 * @1password/sdk 0.5.0, measured, and test/errors.test.ts fails where another version words one differently.
 */
export const ROWS: readonly Row[] = [
  {
    elsewhere: true,
    code: "unavailable",
    message: "The answer leads to another host, where no token is sent: something stands between here and 1Password.",
  },
  { network: ["TimeoutError"], code: "timeout", message: "1Password did not answer in time." },
  {
    network: ["ENOTFOUND", "EAI_"],
    code: "unavailable",
    message: "The host of the token's sign-in address is not known here.",
  },
  { network: ["ECONNREFUSED"], code: "unavailable", message: "Nothing answers at the token's sign-in address." },
  {
    network: ["CERT_", "DEPTH_ZERO_", "SELF_SIGNED_", "UNABLE_TO_", "ERR_TLS_"],
    code: "unavailable",
    message: "The certificate at the token's sign-in address is not trusted.",
    mend: "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem",
  },
  {
    says: ["rate limit exceeded"],
    code: "throttled",
    message: "1Password's limit on requests is reached, that of the hour or that of the day.",
    mend: "op service-account ratelimit",
  },
  {
    says: ["invalid service account token, please make sure", "service account token had invalid format"],
    code: "unauthenticated",
    message: "1Password's SDK cannot read this service account token.",
    mend: TOKEN,
  },
  {
    says: ["you are not authenticated", "please retry: failed to authenticate"],
    code: "unauthenticated",
    message: "1Password refuses the service account token: it is wrong, revoked or expired.",
    mend: TOKEN,
  },
  {
    says: ["DecryptingSymmetricKey(GcmFailedToDecrypt)"],
    code: "unauthenticated",
    message: "The service account token does not open the account's keys.",
    mend: TOKEN,
  },
  {
    says: ["have the right permissions to"],
    code: "denied",
    message: "1Password does not let this service account do that.",
    mend: "op service-account create <name> --vault <vault>:read_items",
  },
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
    says: ["more than one vault matched the secret reference query"],
    types: ["tooManyVaults"],
    code: "ambiguous",
    message: "More than one vault has this name.",
  },
  {
    says: ["more than one item matched the secret reference query"],
    types: ["tooManyItems"],
    code: "ambiguous",
    message: "More than one item of this vault has this name.",
  },
  {
    says: ["more than one field matched the secret reference"],
    types: ["tooManyMatchingFields"],
    code: "ambiguous",
    message: "More than one field of this item has this name.",
  },
  {
    says: ["item is not in an active state"],
    code: "unusable",
    message: "The item is archived: restore it in 1Password's app.",
    reason: "archived",
  },
  {
    says: ["no vault matched the secret reference query", "vault couldn't be found"],
    types: ["vaultNotFound"],
    code: "not_found",
    message: "This service account has no such vault.",
  },
  {
    says: ["no item matched the secret reference query", "item couldn't be found"],
    types: ["itemNotFound"],
    code: "not_found",
    message: "The vault has no such item.",
  },
  {
    says: ["no section matched the secret reference"],
    types: ["noMatchingSections"],
    code: "not_found",
    message: "The item has no such section.",
  },
  {
    says: ["the specified field cannot be found within the item"],
    types: ["fieldNotFound"],
    code: "not_found",
    message: "The item has no such field.",
  },
  { says: ["file couldn't be found"], code: "not_found", message: "The file of this item is gone." },
  {
    says: ["authentication error: resource not found", "bad request"],
    code: "unavailable",
    message: "What answers at the token's sign-in address does not know these requests.",
  },
  {
    says: ["the secret reference could not be parsed: "],
    types: ["parsing"],
    code: "invalid_reference",
    message: "1Password's SDK cannot make sense of this reference.",
  },
  {
    says: ["TOTP attribute can only be applied to TOTP-type fields"],
    types: ["incompatibleTOTPQueryParameterField"],
    code: "unusable",
    message: "The field holds no one-time password.",
    reason: "wrong-type",
  },
  {
    types: ["unableToGenerateTotpCode"],
    code: "unusable",
    message: "The field's one-time password cannot be made.",
    reason: "wrong-type",
  },
  {
    says: ["SSH key formatting can only be applied to a private key field"],
    types: ["incompatibleSshKeyQueryParameterField"],
    code: "unusable",
    message: "The field holds no SSH key.",
    reason: "wrong-type",
  },
  {
    says: ["verify that private key isn't malformed"],
    types: ["unableToParsePrivateKey", "unableToFormatPrivateKeyToOpenSsh", "sSHKeyMetadataNotFound"],
    code: "unusable",
    message: "An SSH key in this item is malformed; the SDK then reads no field of it.",
    reason: "wrong-type",
  },
  {
    says: ["unable to read value from field"],
    code: "unusable",
    message: "The field is of a kind that cannot be read.",
    reason: "wrong-type",
  },
  {
    says: ["reqwest library: bad data provided to builder"],
    code: "invalid_config",
    message: "The token's sign-in address is no address.",
    mend: TOKEN,
  },
];

/** The first row that fits. */
export function findRow(seen: Seen): Row | undefined {
  return ROWS.find((row) => {
    if (row.elsewhere !== undefined && seen.elsewhere === undefined) return false;
    if (row.status?.includes(seen.status ?? 0) === false) return false;
    if (row.network?.some((code) => seen.network?.startsWith(code)) === false) return false;
    if (row.says === undefined && row.types === undefined) return true;
    return seen.type === undefined
      ? row.says?.some((words) => seen.text.includes(words)) === true
      : row.types?.includes(seen.type) === true;
  });
}
