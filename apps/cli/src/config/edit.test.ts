import { parse } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { edit } from "./edit.ts";

const commented = `{
  // what this is
  "version": 1,
  "links": {
    "B": "hcv://b", // about B, with a comma
    /* about A */
    "A": "hcv://a" // about A
  },
  "connections": {}
}
`;

describe("edit", () => {
  it("adds behind the last entry and leaves each comment with its own", () => {
    expect(edit(commented, ["links", "C"], "hcv://c")).toBe(
      commented.replace('"A": "hcv://a" // about A', '"A": "hcv://a", // about A\n    "C": "hcv://c"'),
    );
  });

  it("replaces nothing but the value", () => {
    expect(edit(commented, ["links", "B"], "hcv://other")).toBe(commented.replace("hcv://b", "hcv://other"));
  });

  it("removes an entry with the rest of its line, and no other comment", () => {
    expect(edit(commented, ["links", "B"], undefined)).toBe(commented.replace(/ {4}"B".*\n/, ""));
  });

  it("removes the last entry together with the comma before it", () => {
    expect(edit(commented, ["links", "A"], undefined)).toBe(
      commented.replace('"hcv://b",', '"hcv://b"').replace(/ {4}"A".*\n/, ""),
    );
  });

  it("removes the only entry", () => {
    expect(edit('{\n  "links": {\n    "A": "hcv://a"\n  }\n}\n', ["links", "A"], undefined)).toBe(
      '{\n  "links": {\n  }\n}\n',
    );
  });

  it("fills an empty object", () => {
    expect(edit(commented, ["connections", "hcv"], { provider: "hashicorp" })).toBe(
      commented.replace(
        '"connections": {}',
        '"connections": {\n    "hcv": {\n      "provider": "hashicorp"\n    }\n  }',
      ),
    );
  });

  it("fills an object that holds only a comment", () => {
    expect(edit('{\n  "links": {\n    // none yet\n  }\n}\n', ["links", "A"], "hcv://a")).toBe(
      '{\n  "links": {\n    // none yet\n    "A": "hcv://a"\n  }\n}\n',
    );
  });

  it("makes the objects that lead to an entry", () => {
    expect(edit('{\n\t"version": 1\n}', ["cache", "ttl"], 45)).toBe(
      '{\n\t"version": 1,\n\t"cache": {\n\t\t"ttl": 45\n\t}\n}',
    );
  });

  it("keeps Windows line ends and a byte order mark", () => {
    const windows = `\ufeff${commented.replaceAll("\n", "\r\n")}`;
    for (const value of ["hcv://c", undefined]) {
      for (const key of ["A", "B", "C"]) {
        const changed = edit(windows, ["links", key], value);
        expect(changed.startsWith("\ufeff{")).toBe(true);
        expect(changed.replaceAll("\r\n", "")).not.toContain("\n");
      }
    }
  });

  const shapes = [
    commented,
    '{"version":1,"links":{"A":"a","B":"b"}}',
    '{ "version": 1, "links": { "A": "a" } }',
    '{ "version": 1, "links": {} }',
    '{ "version": 1 }',
    '{"links":{"A":"a" /* , */ , "B":"b"/* x */}, "version":1 /* a\n b */ }',
    '{\n "version":1, "links": {\n "A":"a", "B":\n "b" }\n}',
    '{\n  "version": 1,\n  "links": { // here\n    "B": "b",\n\n    "A": { "reference": "a" } /* long\n  one */ }\n}',
    '{\n  "links": {\n    "A": "a"\n    ,\n    "B": "b"\n  }\n  ,"version": 1\n}',
  ];
  it.each(shapes)("gives the wanted content, whatever the layout: %j", (text) => {
    for (const key of ["A", "B", "C"]) {
      for (const value of ["new", { reference: null }, undefined]) {
        const before = parse(text) as { links?: Record<string, unknown> };
        const entries = new Map(Object.entries(before.links ?? {}));
        if (value === undefined) entries.delete(key);
        else entries.set(key, value);
        const errors: never[] = [];
        const changed = edit(text, ["links", key], value);
        const after = parse(changed, errors, { allowTrailingComma: false }) as { links?: object };
        const links = value === undefined && !before.links ? {} : { links: Object.fromEntries(entries) };
        expect(errors).toEqual([]);
        expect(after).toEqual({ ...before, ...links });
        const comments = value === undefined ? [] : (text.match(/\/\*[^]*?\*\//g) ?? []);
        expect(comments.filter((comment) => !changed.includes(comment))).toEqual([]);
      }
    }
  });
});
