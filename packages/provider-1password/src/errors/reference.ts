import type { OnePasswordErrorRule } from "../errors.ts";

/** What is wrong with what a reference names. Texts and types are those of @1password/sdk 0.5.0, measured. */
export const REFERENCE_ERRORS: readonly OnePasswordErrorRule[] = [
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
    message: "There is no such vault, or it is not open to this account.",
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
    says: ["the secret reference could not be parsed: "],
    types: ["parsing"],
    code: "invalid_reference",
    message: "1Password makes no sense of this reference.",
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
    message: "An SSH key in this item is malformed.",
    reason: "wrong-type",
  },
  {
    says: ["unable to read value from field"],
    code: "unusable",
    message: "The field is of a kind that cannot be read.",
    reason: "wrong-type",
  },
];
