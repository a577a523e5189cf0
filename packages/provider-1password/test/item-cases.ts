import { type Case, read } from "./error-cases.ts";

/** What a reference itself is about. */
export const ITEM_CASES: readonly Case[] = [
  {
    when: "two vaults have the name",
    cause: (ground) => {
      for (const _ of [1, 2]) ground.vault.addVault("Twin", ["app"]);
      return read(ground, "Twin/db/password");
    },
    code: "ambiguous",
    message: "More than one vault has this name. Write one of the ids in its place: ",
    mend: "vaultlink relink <name> <reference with the id>",
  },
  {
    when: "two items have the name",
    cause: (ground) => read(ground, "App/twice/password"),
    code: "ambiguous",
    message: "More than one item of this vault has this name. Write one of the ids in its place: ",
    mend: "vaultlink relink <name> <reference with the id>",
    native: { name: "tooManyItems" },
  },
  {
    when: "two sections have the field",
    cause: (ground) => read(ground, "App/sections/password"),
    code: "ambiguous",
    message:
      "More than one field of this item has this name. Write one of the ids in its place: one/password, two/password.",
    mend: "vaultlink relink <name> <reference with the id>",
  },
  {
    when: "the item is archived",
    cause: (ground) => read(ground, `App/${ground.vault.idOf("App", "archived")}/password`),
    code: "unusable",
    message: "The item is archived: restore it in 1Password's app.",
    reason: "archived",
  },
  {
    when: "there is no such vault",
    cause: (ground) => read(ground, "Nowhere/db/password"),
    code: "not_found",
    message: "There is no such vault, or it is not open to this account.",
    native: { name: "vaultNotFound" },
  },
  {
    when: "there is no such item",
    cause: (ground) => read(ground, "App/nothing/password"),
    code: "not_found",
    message: "The vault has no such item.",
  },
  {
    when: "there is no such section",
    cause: (ground) => read(ground, "App/db/nothing/password"),
    code: "not_found",
    message: "The item has no such section.",
  },
  {
    when: "there is no such field",
    cause: (ground) => read(ground, "App/db/nothing"),
    code: "not_found",
    message: "The item has no such field.",
  },
  {
    when: "the SDK cannot read the reference",
    cause: (ground) => read(ground, "App/db/password?attribute=otp&ssh-format=openssh"),
    code: "invalid_reference",
    message: "1Password makes no sense of this reference.",
  },
  {
    when: "the field is no one-time password",
    cause: (ground) => read(ground, "App/db/password?attribute=otp"),
    code: "unusable",
    message: "The field holds no one-time password.",
    reason: "wrong-type",
  },
  {
    when: "no one-time password can be made",
    cause: (ground) => {
      const field = { id: "TOTP_1", label: "code", value: "otpauth://totp/x?secret=!" };
      ground.vault.put("App", { title: "bad otp", sections: [{ fields: [field] }] });
      return read(ground, "App/bad otp/code?attribute=otp");
    },
    code: "unusable",
    message: "The field's one-time password cannot be made.",
    reason: "wrong-type",
  },
  {
    when: "the field is no SSH key",
    cause: (ground) => read(ground, "App/db/password?ssh-format=openssh"),
    code: "unusable",
    message: "The field holds no SSH key.",
    reason: "wrong-type",
  },
  {
    when: "an SSH key of the item is malformed",
    cause: (ground) => {
      const field = { label: "key", value: "no key", kind: "sshKey" };
      ground.vault.put("App", { title: "bad key", sections: [{ fields: [field] }] });
      return read(ground, "App/bad key/key");
    },
    code: "unusable",
    message: "An SSH key in this item is malformed.",
    reason: "wrong-type",
  },
  {
    when: "the field is of a kind that the SDK does not read",
    cause: (ground) => {
      const field = { label: "field", value: "x", kind: "date" };
      ground.vault.put("App", { title: "odd", sections: [{ fields: [field] }] });
      return read(ground, "App/odd/field");
    },
    code: "unusable",
    message: "The field is of a kind that cannot be read.",
    reason: "wrong-type",
  },
];
