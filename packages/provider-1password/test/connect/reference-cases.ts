import { SHARED_CASES } from "../shared-cases.ts";
import { type Case, reading, spoiled } from "./cases.ts";

const RELINK = "vaultlink relink <name> <reference with the id>";

/** What a reference itself is about. */
export const REFERENCE_CASES: readonly Case[] = [
  ...SHARED_CASES,
  {
    when: "two items have the name",
    cause: reading("App/twice/password"),
    code: "ambiguous",
    message: "More than one item of this vault has this name. Write one of the ids in its place: ",
    hint: RELINK,
  },
  {
    when: "two files have the name",
    cause: (fixture) => {
      const files = [1, 2].map((content) => ({ name: "a.txt", content: String(content) }));
      fixture.vault.put("App", { title: "twins", sections: [], files });
      return reading("App/twins/a.txt")(fixture);
    },
    code: "ambiguous",
    message: "More than one field of this item has this name. Write one of the ids in its place: ",
    hint: RELINK,
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
    when: "the file is gone",
    cause: spoiled({ on: "files.content", kind: "status", status: 404 }, "App/files/config.txt"),
    code: "not_found",
    message: "The file of this item is gone.",
  },
  {
    when: "the SSH key is malformed",
    cause: (fixture) => {
      const field = { label: "key", value: "-----BEGIN PRIVATE KEY-----\nvlcanary-\n", kind: "sshKey" };
      fixture.vault.put("App", { title: "bad key", sections: [{ fields: [field] }] });
      return reading("App/bad key/key?ssh-format=openssh")(fixture);
    },
    code: "unusable",
    message: "An SSH key in this item is malformed.",
    reason: "wrong-type",
  },
];
