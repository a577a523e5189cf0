import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSecretError } from "../../src/index.ts";
import type { SecretDocument } from "../../src/provider.ts";
import { failing, world } from "../fixture.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What `c://x#field` gives while the document holds that. */
function field(value: SecretDocument["value"], named: string): ReturnType<ReturnType<typeof world>["vault"]["get"]> {
  const { vault } = world({ login: { identity: "A", read: async () => ({ value }) } });
  return vault.get(named === "" ? "c://x" : `c://x#${named}`);
}

const DOCUMENT = {
  password: "vlcanary-password",
  port: 5432,
  ratio: 0.5,
  tls: true,
  off: false,
  empty: "",
  nothing: null,
  nested: { deep: { text: "vlcanary-deep" }, "a/b": "vlcanary-slash", "m~n": "vlcanary-tilde", "": "vlcanary-empty" },
  list: ["vlcanary-0", { name: "vlcanary-1" }],
  "with.dot": "vlcanary-dot",
};

describe("a field of a document", () => {
  it.each([
    ["password", DOCUMENT.password],
    ["port", "5432"],
    ["ratio", "0.5"],
    ["tls", "true"],
    ["off", "false"],
    ["empty", ""],
    ["with.dot", DOCUMENT["with.dot"]],
    ["/password", DOCUMENT.password],
    ["/nested/deep/text", DOCUMENT.nested.deep.text],
    ["/nested/a~1b", DOCUMENT.nested["a/b"]],
    ["/nested/m~0n", DOCUMENT.nested["m~n"]],
    ["/nested/", DOCUMENT.nested[""]],
    ["/list/0", DOCUMENT.list[0]],
    ["/list/1/name", "vlcanary-1"],
  ])("%s is given, be the document fields, JSON text or JSON bytes", async (name, expected) => {
    const json = JSON.stringify(DOCUMENT);
    for (const value of [DOCUMENT, json, bytes(json)]) expect((await field(value, name)).reveal()).toBe(expected);
  });

  it.each([
    ["gone", "field-missing"],
    ["Password", "field-missing"],
    ["nested/deep/text", "field-missing"],
    ["toString", "field-missing"],
    ["__proto__", "field-missing"],
    ["/nested/constructor", "field-missing"],
    ["/password/0", "field-missing"],
    ["/password/length", "field-missing"],
    ["/list/2", "field-missing"],
    ["/list/01", "field-missing"],
    ["/list/-1", "field-missing"],
    ["/list/length", "field-missing"],
    ["/list/-", "field-missing"],
    ["nothing", "field-not-scalar"],
    ["nested", "field-not-scalar"],
    ["list", "field-not-scalar"],
    ["/list/1", "field-not-scalar"],
  ])("%s is not given, and never the whole document instead: %s", async (name, reason) => {
    expect(await failing(field(DOCUMENT, name))).toMatchObject({ code: "unusable", details: { reason } });
  });

  it.each([
    ["text", "vlcanary-plain"],
    ["a JSON text", '"vlcanary-quoted"'],
    ["a JSON number", "42"],
    ["broken JSON", '{"password": "vlcanary-cut'],
    ["nothing", ""],
    ["bytes that are no text", Uint8Array.of(0xff, 0xfe)],
  ])("of what is no JSON document is refused, and not quoted: %s", async (_what, value) => {
    const error = await failing(field(value, "password"));
    expect(error).toMatchObject({ code: "unusable", details: { reason: "not-json" } });
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain("vlcanary-");
  });

  it("is found in JSON that begins with a byte order mark, as some editors write it", async () => {
    const json = '\uFEFF{"a":"vlcanary-a"}';
    for (const value of [json, bytes(json)]) expect((await field(value, "a")).reveal()).toBe("vlcanary-a");
  });

  it("E26: each way to fail is told apart", async () => {
    const reasons = [
      await failing(field("vlcanary-plain", "a")),
      await failing(field("{}", "a")),
      await failing(field({ a: {} }, "a")),
      await failing(field({ a: "vlcanary-a" }, "")),
    ].map(({ details }) => details.reason);
    expect(new Set(reasons).size).toBe(4);
  });

  it("is what the vault holds, byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), async (name, held) => {
        fc.pre(!/[\p{Cc}\u2028\u2029]/u.test(name) && name.isWellFormed() && held.isWellFormed());
        const pointer = `/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`;
        const given = await field(Object.fromEntries([[name, held]]), pointer);
        expect(given.reveal()).toBe(held);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a whole document", () => {
  it.each([
    ["text", "vlcanary-text\n\u00E9\u{1F511}"],
    ["text that is JSON", '{"a":1}'],
    ["nothing", ""],
    ["a byte order mark", "\uFEFFvlcanary"],
  ])("is given as it is: %s", async (_what, value) => {
    expect((await field(value, "")).reveal()).toBe(value);
  });

  it("that is bytes comes out as bytes, also those that are no text", async () => {
    const value = Uint8Array.of(0, 1, 0xff, 0xfe);
    const given = await field(value, "");
    expect(given.bytes()).toEqual(value);
    let refused: unknown;
    try {
      given.reveal();
    } catch (error) {
      refused = error;
    }
    expect(isSecretError(refused) && refused).toMatchObject({ code: "unusable", details: { reason: "binary" } });
  });

  it("that has several fields asks for one", async () => {
    expect(await failing(field({ a: "vlcanary-a" }, ""))).toMatchObject({
      code: "unusable",
      details: { reason: "field-required" },
    });
  });
});

describe("what a provider may return", () => {
  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "vlcanary-text"],
    ["no value", {}],
    ["a null value", { value: null }],
    ["a number", { value: 42 }],
    ["a list", { value: ["vlcanary-0"] }],
    ["a value that is no JSON", { value: { a: 1n } }],
  ])("%s is no document: internal, and nothing is kept", async (_what, returned) => {
    const { code, vault } = world({ login: { identity: "A", read: async () => returned as SecretDocument } });
    expect(await code("X")).toBe("internal");
    expect(vault.status().cache.entries).toBe(0);
  });
});

describe("the fields to choose from", () => {
  const wide = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`f${at}`, "vlcanary-value"]));

  it("are named where one has to be, and where the one named is not there", async () => {
    const value = { username: "vlcanary-user", password: "vlcanary-password" };
    const required = await failing(field(value, ""));
    expect(required.message).toBe("The secret has several fields; name one after #: username, password.");
    expect(required.details.fields).toEqual(["username", "password"]);
    const missing = await failing(field(JSON.stringify(value), "pasword"));
    expect(missing.message).toBe("The secret has no such field; there are: username, password.");
  });

  it("is one where the document has one, and named only if it looks like a name", async () => {
    const only = await failing(field({ key: "vlcanary-key" }, ""));
    expect(only.message).toBe("The secret has one field; name it after #: key.");
    const odd = await failing(field({ "vlcanary/9==": "x" }, ""));
    expect(odd.message).toBe("The secret has one field; name it after #.");
  });

  it("are eight at most in a sentence, and never what no name looks like", async () => {
    expect((await failing(field(wide, ""))).message).toMatch(/: f0, .* f7, …\.$/);
    const odd = { "vlcanary/9==": "x", "\u001b[2J": "y", fine: "z" };
    const error = await failing(field(odd, ""));
    expect([error.message, error.details.fields]).toEqual([expect.stringMatching(/#: fine\.$/), ["fine"]]);
  });
});
