import { type Case, reading, spoiled } from "./cases.ts";

const RELINK = "vaultlink relink <name> <reference with the id>";

/** What a reference itself is about. */
export const REFERENCE_CASES: readonly Case[] = [
  {
    when: "two vaults have the name",
    cause: (ground) => {
      for (const _ of [1, 2]) ground.vault.addVault("Twin", ["app"]);
      return reading("Twin/db/password")(ground);
    },
    code: "ambiguous",
    message: "More than one vault has this name. Write one of the ids in its place: ",
    mend: RELINK,
  },
  {
    when: "two items have the name",
    cause: reading("App/twice/password"),
    code: "ambiguous",
    message: "More than one item of this vault has this name. Write one of the ids in its place: ",
    mend: RELINK,
  },
  {
    when: "two sections have the field",
    cause: reading("App/sections/password"),
    code: "ambiguous",
    message:
      "More than one field of this item has this name. Write one of the ids in its place: one/password, two/password.",
    mend: RELINK,
  },
  {
    when: "two files have the name",
    cause: (ground) => {
      const files = [1, 2].map((content) => ({ name: "a.txt", content: String(content) }));
      ground.vault.put("App", { title: "twins", sections: [], files });
      return reading("App/twins/a.txt")(ground);
    },
    code: "ambiguous",
    message: "More than one field of this item has this name. Write one of the ids in its place: ",
    mend: RELINK,
  },
  {
    when: "the item is archived",
    cause: (ground) => reading(`App/${ground.vault.idOf("App", "archived")}/password`)(ground),
    code: "unusable",
    message: "The item is archived: restore it in 1Password's app.",
    reason: "archived",
  },
  {
    when: "the item is archived, and named",
    cause: reading("App/archived/password"),
    code: "not_found",
    message: "The vault has no such item.",
  },
  {
    when: "the vault is somebody else's, and named",
    cause: reading("Audit/report/password"),
    code: "not_found",
    message: "There is no such vault, or it is not open to this account.",
  },
  {
    when: "there is no item of this id",
    cause: reading("App/aaaaaaaaaaaaaaaaaaaaaaaaaa/password"),
    code: "not_found",
    message: "The vault has no such item.",
  },
  {
    when: "there is no such section",
    cause: reading("App/db/nothing/password"),
    code: "not_found",
    message: "The item has no such section.",
  },
  {
    when: "there is no such field",
    cause: reading("App/db/nothing"),
    code: "not_found",
    message: "The item has no such field.",
  },
  {
    when: "the file is gone",
    cause: spoiled({ on: "files.content", kind: "status", status: 404 }, "App/files/config.txt"),
    code: "not_found",
    message: "The file of this item is gone.",
  },
  {
    when: "the reference asks for two forms",
    cause: reading("App/db/password?attribute=otp&ssh-format=openssh"),
    code: "invalid_reference",
    message: "1Password makes no sense of this reference.",
  },
  {
    when: "the field is no one-time password",
    cause: reading("App/db/password?attribute=otp"),
    code: "unusable",
    message: "The field holds no one-time password.",
    reason: "wrong-type",
  },
  {
    when: "no one-time password can be made",
    cause: (ground) => {
      const field = { id: "TOTP_1", label: "code", value: "otpauth://totp/x?secret=!" };
      ground.vault.put("App", { title: "bad otp", sections: [{ fields: [field] }] });
      return reading("App/bad otp/code?attribute=otp")(ground);
    },
    code: "unusable",
    message: "The field's one-time password cannot be made.",
    reason: "wrong-type",
  },
  {
    when: "the field is no SSH key",
    cause: reading("App/db/password?ssh-format=openssh"),
    code: "unusable",
    message: "The field holds no SSH key.",
    reason: "wrong-type",
  },
  {
    when: "the SSH key is malformed",
    cause: (ground) => {
      const field = { label: "key", value: "-----BEGIN PRIVATE KEY-----\nvlcanary-\n", kind: "sshKey" };
      ground.vault.put("App", { title: "bad key", sections: [{ fields: [field] }] });
      return reading("App/bad key/key?ssh-format=openssh")(ground);
    },
    code: "unusable",
    message: "An SSH key in this item is malformed.",
    reason: "wrong-type",
  },
];
