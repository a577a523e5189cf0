import type { OnePasswordStandIn } from "@vaultlink/stand-ins";
import { type Case, read } from "./case.ts";

/** What is done behind the back of a client of either server. */
type Vault = Pick<OnePasswordStandIn, "addVault" | "idOf" | "put">;

/** What is said of a reference, in the same words whoever is asked: the SDK or a Connect server. */
export const SHARED_CASES: readonly Case<Vault>[] = [
  {
    when: "two vaults have the name",
    cause: (fixture) => {
      for (const _ of [1, 2]) fixture.vault.addVault("Twin", ["app"]);
      return read(fixture, "Twin/db/password");
    },
    code: "ambiguous",
    message: "More than one vault has this name. Write one of the ids in its place: ",
    hint: "vaultlink relink <name> <reference with the id>",
  },
  {
    when: "two sections have the field",
    cause: (fixture) => read(fixture, "App/sections/password"),
    code: "ambiguous",
    message:
      "More than one field of this item has this name. Write one of the ids in its place: one/password, two/password.",
    hint: "vaultlink relink <name> <reference with the id>",
  },
  {
    when: "the item is archived",
    cause: (fixture) => read(fixture, `App/${fixture.vault.idOf("App", "archived")}/password`),
    code: "unusable",
    message: "The item is archived: restore it in 1Password's app.",
    reason: "archived",
  },
  {
    when: "there is no such section",
    cause: (fixture) => read(fixture, "App/db/nothing/password"),
    code: "not_found",
    message: "The item has no such section.",
  },
  {
    when: "there is no such field",
    cause: (fixture) => read(fixture, "App/db/nothing"),
    code: "not_found",
    message: "The item has no such field.",
  },
  {
    when: "the reference asks for two forms",
    cause: (fixture) => read(fixture, "App/db/password?attribute=otp&ssh-format=openssh"),
    code: "invalid_reference",
    message: "1Password makes no sense of this reference.",
  },
  {
    when: "the field is no one-time password",
    cause: (fixture) => read(fixture, "App/db/password?attribute=otp"),
    code: "unusable",
    message: "The field holds no one-time password.",
    reason: "wrong-type",
  },
  {
    when: "no one-time password can be made",
    cause: (fixture) => {
      const field = { id: "TOTP_1", label: "code", value: "otpauth://totp/x?secret=!" };
      fixture.vault.put("App", { title: "bad otp", sections: [{ fields: [field] }] });
      return read(fixture, "App/bad otp/code?attribute=otp");
    },
    code: "unusable",
    message: "The field's one-time password cannot be made.",
    reason: "wrong-type",
  },
  {
    when: "the field is no SSH key",
    cause: (fixture) => read(fixture, "App/db/password?ssh-format=openssh"),
    code: "unusable",
    message: "The field holds no SSH key.",
    reason: "wrong-type",
  },
];
