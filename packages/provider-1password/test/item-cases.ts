import { read } from "./case.ts";
import type { Case } from "./error-cases.ts";
import { SHARED_CASES } from "./shared-cases.ts";

/** What a reference itself is about. */
export const ITEM_CASES: readonly Case[] = [
  ...SHARED_CASES,
  {
    when: "two items have the name",
    cause: (fixture) => read(fixture, "App/twice/password"),
    code: "ambiguous",
    message: "More than one item of this vault has this name. Write one of the ids in its place: ",
    hint: "vaultlink relink <name> <reference with the id>",
    native: { name: "tooManyItems" },
  },
  {
    when: "there is no such vault",
    cause: (fixture) => read(fixture, "Nowhere/db/password"),
    code: "not_found",
    message: "There is no such vault, or it is not open to this account.",
    native: { name: "vaultNotFound" },
  },
  {
    when: "there is no such item",
    cause: (fixture) => read(fixture, "App/nothing/password"),
    code: "not_found",
    message: "The vault has no such item.",
  },
  {
    when: "an SSH key of the item is malformed",
    cause: (fixture) => {
      const field = { label: "key", value: "no key", kind: "sshKey" };
      fixture.vault.put("App", { title: "bad key", sections: [{ fields: [field] }] });
      return read(fixture, "App/bad key/key");
    },
    code: "unusable",
    message: "An SSH key in this item is malformed.",
    reason: "wrong-type",
  },
  {
    when: "the field is of a kind that the SDK does not read",
    cause: (fixture) => {
      const field = { label: "field", value: "x", kind: "date" };
      fixture.vault.put("App", { title: "odd", sections: [{ fields: [field] }] });
      return read(fixture, "App/odd/field");
    },
    code: "unusable",
    message: "The field is of a kind that cannot be read.",
    reason: "wrong-type",
  },
];
