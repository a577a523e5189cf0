import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatReference } from "../../src/reference/format.ts";
import { isConnectionName, parseReference, type Reference, schemeOf } from "../../src/internal.ts";
import { isSecretError } from "../../src/index.ts";

const CANARY = "vlcanary-pasted";

const letters = (chars: string): fc.Arbitrary<string> => fc.constantFrom(...chars.split(""));
const connection = fc
  .tuple(letters("abcxyz"), fc.string({ unit: letters("abc019-"), maxLength: 20 }))
  .map(([first, rest]) => first + rest)
  .filter((name) => name !== "http" && name !== "https");
/** Text as a vault may name things: no control characters, anything else. */
const printable = fc
  .string({
    unit: fc.oneof(letters("ab%?#&=/~.+ :@"), fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 })),
    maxLength: 12,
  })
  .filter((text) => !/[\p{Cc}\u2028\u2029]/u.test(text) && text.isWellFormed());
const segment = printable.filter((text) => text !== "" && text !== "." && text !== ".." && !/[/\\]/.test(text));
const reference: fc.Arbitrary<Reference> = fc
  .record(
    {
      connection,
      locator: fc.record({
        path: fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/")),
        query: fc.dictionary(
          printable.filter((name) => name !== ""),
          printable,
          { maxKeys: 4 },
        ),
      }),
      field: fc.array(printable, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ["connection", "locator"] },
  )
  .filter((made) => formatReference(made).length <= 4096);

/** A reference without prototypes and order, which say nothing. */
const plain = ({ connection: name, field, locator }: Reference): unknown => ({
  name,
  path: locator.path,
  query: Object.entries(locator.query).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  field,
});

function refusal(text: string): unknown {
  try {
    return parseReference(text);
  } catch (error) {
    return error;
  }
}

describe("a reference", () => {
  it("that was written is read as what it was", () => {
    fc.assert(
      fc.property(reference, (made) => {
        expect(plain(parseReference(formatReference(made)))).toEqual(plain(made));
      }),
      { numRuns: 500 },
    );
  });

  it("that was read is written and read as the same, and written the same ever after", () => {
    fc.assert(
      fc.property(connection, fc.string({ unit: letters("ab/.%20?=&#~1:é"), maxLength: 30 }), (name, rest) => {
        const first = refusal(`${name}://${rest}`);
        fc.pre(!isSecretError(first));
        const written = formatReference(first as Reference);
        const again = parseReference(written);
        expect(plain(again)).toEqual(plain(first as Reference));
        expect(formatReference(again)).toBe(written);
      }),
      { numRuns: 500 },
    );
  });

  it("is refused as invalid_reference or understood, whatever the text, and in no other way", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.string({ maxLength: 60 }).map((rest) => `c://${rest}`),
      fc.string({ unit: letters("a/.%?#&=~2F01\u0000\uD800"), maxLength: 20 }).map((rest) => `c://${rest}`),
    );
    fc.assert(
      fc.property(text, (given) => {
        const outcome = refusal(given);
        const found = isSecretError(outcome) ? outcome.code : typeof (outcome as Reference).locator.path;
        expect(["invalid_reference", "string"]).toContain(found);
      }),
      { numRuns: 500 },
    );
  });

  it("that is refused is never quoted: it may be a value pasted by mistake", () => {
    const around = fc.string({ unit: letters("c:/?#&=%~.\u0000\\ "), maxLength: 8 });
    fc.assert(
      fc.property(around, around, (before, after) => {
        const outcome = refusal(`${before}${CANARY}${after}`);
        fc.pre(isSecretError(outcome));
        const shown = [
          String(outcome),
          (outcome as Error).stack,
          JSON.stringify(outcome),
          JSON.stringify((outcome as { details?: unknown }).details),
        ];
        expect(shown.join("\n").includes(CANARY)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("reads every part of its path as that and not as a way out of it", () => {
    fc.assert(
      fc.property(fc.string({ unit: letters("a./%2eEfF\\5cC"), maxLength: 24 }), (path) => {
        const outcome = refusal(`c://${path}`);
        fc.pre(!isSecretError(outcome));
        const parts = (outcome as Reference).locator.path.split("/");
        expect(parts.some((part) => part === "" || part === "." || part === "..")).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe("reading a reference", () => {
  it.each<[string, Omit<Reference, "connection">]>([
    ["c://db", { locator: { path: "db", query: {} } }],
    ["c://prod/db#password", { locator: { path: "prod/db", query: {} }, field: ["password"] }],
    ["c://db#/database/password", { locator: { path: "db", query: {} }, field: ["database", "password"] }],
    ["c://db#/a~1b/m~0n", { locator: { path: "db", query: {} }, field: ["a/b", "m~n"] }],
    ["c://db#/", { locator: { path: "db", query: {} }, field: [""] }],
    ["c://db#a/b", { locator: { path: "db", query: {} }, field: ["a/b"] }],
    ["c://db#a#b", { locator: { path: "db", query: {} }, field: ["a#b"] }],
    ["c://db#a?b", { locator: { path: "db", query: {} }, field: ["a?b"] }],
    ["c://db#%23", { locator: { path: "db", query: {} }, field: ["#"] }],
    ["c://db?version=3", { locator: { path: "db", query: { version: "3" } } }],
    ["c://db?b=2&a=1#f", { locator: { path: "db", query: { a: "1", b: "2" } }, field: ["f"] }],
    ["c://db?a=", { locator: { path: "db", query: { a: "" } } }],
    ["c://db?a=b=c", { locator: { path: "db", query: { a: "b=c" } } }],
    ["c://db?a=x?y", { locator: { path: "db", query: { a: "x?y" } } }],
    ["c://a%20b/%C3%A9", { locator: { path: "a b/\u00E9", query: {} } }],
    ["c://a%252Fb", { locator: { path: "a%2Fb", query: {} } }],
    ["c://a\\b", { locator: { path: "a\\b", query: {} } }],
    ["c://a%5Cb", { locator: { path: "a\\b", query: {} } }],
    ["c://a+b", { locator: { path: "a+b", query: {} } }],
    ["c://Shared/my item/one-time password", { locator: { path: "Shared/my item/one-time password", query: {} } }],
    ["c://...", { locator: { path: "...", query: {} } }],
  ])("%s", (text, expected) => {
    expect(plain(parseReference(text))).toEqual(plain({ connection: "c", ...expected }));
  });

  it.each([
    ["nothing", ""],
    ["no scheme", "prod/db"],
    ["no connection", "://db"],
    ["no path", "c://"],
    ["one slash", "c:/db"],
    ["an upper-case connection", "C://db"],
    ["a connection that begins with a digit", "1c://db"],
    ["a connection with a dot", "c.d://db"],
    ["a connection of 64 letters", `${"c".repeat(64)}://db`],
    ["a web address", "https://db"],
    ["a leading slash", "c:///db"],
    ["a trailing slash", "c://db/"],
    ["an empty segment", "c://a//b"],
    ["a dot segment", "c://a/./b"],
    ["a dot-dot segment", "c://a/../b"],
    ["an encoded dot-dot segment", "c://a/%2e%2E/b"],
    ["an encoded slash", "c://a%2Fb"],
    ["a NUL", "c://a%00b"],
    ["a line break", "c://a\nb"],
    ["an encoded line break in a field", "c://a#b%0A"],
    ["a line separator", "c://a\u2028b"],
    ["half a surrogate pair", "c://a\uD800b"],
    ["a lonely percent sign", "c://100%"],
    ["a percent sign and no number", "c://a%zz"],
    ["an encoding that is no UTF-8", "c://a%FF"],
    ["an empty query", "c://a?"],
    ["a qualifier without a value", "c://a?version"],
    ["a qualifier without a name", "c://a?=1"],
    ["an empty qualifier", "c://a?b=1&"],
    ["a qualifier given twice", "c://a?b=1&b=2"],
    ["a qualifier given twice, once encoded", "c://a?b=1&%62=2"],
    ["a field without a name", "c://a#"],
    ["a JSON Pointer with a lonely tilde", "c://a#/b~c"],
    ["a JSON Pointer with ~2", "c://a#/b~2c"],
    ["more than 4096 characters", `c://${"a".repeat(4093)}`],
  ])("refuses %s", (_what, text) => {
    const outcome = refusal(text);
    expect(isSecretError(outcome) && outcome.code).toBe("invalid_reference");
  });

  it("a qualifier named __proto__ is a qualifier", () => {
    const { query } = parseReference("c://a?__proto__=1").locator;
    expect(Object.keys(query)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(query)).toBeNull();
  });

  it("the connection's name is what decides whether a text is a reference", () => {
    const schemes = ["c://a", "op://vault/item", "a-1://x", "https://a", "C://a", "arn:aws:x", "c:a", "NAME"].map(
      schemeOf,
    );
    expect(schemes).toEqual(["c", "op", "a-1", undefined, undefined, undefined, undefined, undefined]);
    const names = ["c", "aws-prod", "a".repeat(63), "a".repeat(64), "1a", "-a", "A", "a_b", "a.b", "http", "https", ""];
    expect(names.filter(isConnectionName)).toEqual(["c", "aws-prod", "a".repeat(63)]);
  });
});
