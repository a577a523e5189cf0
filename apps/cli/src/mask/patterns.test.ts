import { describe, expect, it } from "vitest";
import { mask } from "../../test/mask/check.ts";
import { compileMask } from "./compile.ts";
import { patternsOf } from "./patterns.ts";

const VALUE = 'vlcanary-"quoted" & ü/ä+~\\';

/** What a program prints, once the value is masked in it. */
const masked = (value: string | Uint8Array, printed: string, forms = {}): string =>
  mask(patternsOf(Buffer.from(value), forms), [Buffer.from(printed)]).toString();

describe("the forms of a value", () => {
  it.each<[string, string]>([
    ["itself", VALUE],
    ["in JSON", JSON.stringify(VALUE).slice(1, -1)],
    ["in JSON of ASCII", 'vlcanary-\\"quoted\\" & \\u00fc/\\u00e4+~\\\\'],
    ["in a URL", encodeURIComponent(VALUE)],
    ["in a form", new URLSearchParams({ a: VALUE }).toString().slice(2)],
  ])("are masked %s", (_, form) => {
    expect(masked(VALUE, `<${form}>`)).toBe("<[secret]>");
  });

  it.each(["base64", "base64url"] as const)("are masked in %s, wherever in the text they begin", (encoding) => {
    for (const before of ["", "x", "xy", "xyz"]) {
      for (const after of ["", "x", "xy"]) {
        const text = Buffer.from(before + VALUE + after).toString(encoding);
        const output = masked(VALUE, text);
        expect(output).toContain("[secret]");
        // A character at each end may hold bits of the value and of its neighbour.
        const rest = output.replace("[secret]", "").replace(/=+$/, "");
        expect(rest.length).toBeLessThanOrEqual(before.length * 2 + after.length * 2);
      }
    }
  });

  it("are masked in hexadecimal on request", () => {
    const hex = Buffer.from(VALUE).toString("hex");
    expect(masked(VALUE, hex)).toBe(hex);
    expect(masked(VALUE, hex, { hex: true })).toBe("[secret]");
    expect(masked(VALUE, hex.toUpperCase(), { hex: true })).toBe("[secret]");
  });

  it("are masked where the value is binary", () => {
    const value = Uint8Array.of(0xff, 0xfe, 0xfd, 0xfc, 0x41);
    expect(masked(value, Buffer.from(value).toString("base64"))).toBe("[secret]=");
    expect(masked(value, "%FF%FE%FD%FC%41")).toBe("[secret]");
  });

  it("of a value of several lines are its lines, too, from 8 bytes on", () => {
    const value = "vlcanary-line-1\nshort\nvlcanary-line-2\r\n";
    expect(masked(value, "  vlcanary-line-1\r\n  short\r\n  vlcanary-line-2")).toBe(
      "  [secret]\r\n  short\r\n  [secret]",
    );
  });

  it("of a value of less than 4 bytes are none, and its name is said once", () => {
    const compiled = compileMask(
      new Map([
        ["SHORT", "abc"],
        ["EMPTY", ""],
        ["LONG", "vlcanary-1"],
      ]),
    );
    expect(compiled.tooShort).toEqual(["SHORT"]);
    expect(compileMask(new Map([["SHORT", "abc"]])).automaton).toBeUndefined();
  });
});
