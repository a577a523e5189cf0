import { expect, it } from "vitest";
import { identityOf } from "../src/identity.ts";

const token = (claims: object): string => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;

it.each([
  ["an application", { tid: "t", oid: "o", appid: "a", sub: "s" }, "a@t#o"],
  ["a person", { tid: "t", oid: "o", appid: "a", upn: "person@example.com" }, "person@example.com@t#o"],
  [
    "a token of the second version",
    { tid: "t", oid: "o", azp: "a", preferred_username: "p@example.com" },
    "p@example.com@t#o",
  ],
  // As an emulator has it for applications.
  ["a token without an object id", { tid: "t", sub: "s", azp: "a" }, "a@t#s"],
  ["a token with a name that terminals would obey", { tid: "t", oid: "o", upn: "a\u001b[2Jb" }, "a??2Jb@t#o"],
])("of %s is told by its claims", (_, claims, identity) => {
  expect(identityOf(token(claims))).toBe(identity);
});

it.each([
  ["no tenant", token({ oid: "o" })],
  ["nobody", token({ tid: "t" })],
  ["claims that are none", "e30.bm90aGluZw.signature"],
  ["one part", "opaque"],
])("of a token with %s is unknown", (_, given) => {
  expect(identityOf(given)).toBeUndefined();
});
