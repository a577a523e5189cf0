import { expect, expectTypeOf, it } from "vitest";
import {
  definedMembers,
  isJsonObject,
  membersOf,
  objectMember,
  parseJsonObject,
  textMember,
} from "../../src/provider.ts";

it.each([
  ["an object", '{"a":1}', { a: 1 }],
  ["no list", "[1]", undefined],
  ["no text", '"a"', undefined],
  ["no null", "null", undefined],
  ["no page", "<html>vlcanary-page</html>", undefined],
])("reads %s where an object should be", (_, text, object) => {
  expect(parseJsonObject(text)).toEqual(object);
});

it("takes members for what they should be, or not at all", () => {
  const object = parseJsonObject(
    '{"name":"ada","empty":"","age":7,"auth":{"token":"vlcanary-t"},"list":[{}],"no":null}',
  );
  expect([textMember(object, "name"), textMember(object, "empty"), textMember(object, "age")]).toEqual([
    "ada",
    undefined,
    undefined,
  ]);
  expect(textMember(objectMember(object, "auth"), "token")).toBe("vlcanary-t");
  for (const name of ["name", "list", "no", "none"]) expect(objectMember(object, name)).toBeUndefined();
  expect(textMember(undefined, "name")).toBeUndefined();
});

it("finds the members of an error, and none of what is no object", () => {
  expect(membersOf(Object.assign(new Error("no"), { code: "E" }))["code"]).toBe("E");
  for (const value of [undefined, null, "text", 7, ["a"]])
    expect([membersOf(value), isJsonObject(value)]).toEqual([{}, false]);
});

it("leaves out what is undefined, and nothing else", () => {
  const members = definedMembers({ a: undefined, b: 0, c: "", d: null, e: false } as {
    a?: string | undefined;
    b: number;
  });
  expect(Object.entries(members)).toEqual(Object.entries({ b: 0, c: "", d: null, e: false }));
  expectTypeOf(members).toEqualTypeOf<{ a?: string; b?: number }>();
});
