import { describe, expect, it } from "vitest";
import { fill, markersOf } from "./template.ts";

const found = (text: string) => markersOf(Buffer.from(text)).map(({ given, line }) => ({ given, line }));

describe("markers", () => {
  it("hold names or references, with blanks or without", () => {
    expect(found("a {{vault:A}}\n{{vault: mem://ü#x }}{{vault:B}}\r\n\n{{vault:C}}")).toEqual([
      { given: "A", line: 1 },
      { given: "mem://ü#x", line: 2 },
      { given: "B", line: 2 },
      { given: "C", line: 4 },
    ]);
  });

  it.each(["{{vault:}}", "{{vault: }}", "{{vault:A", "{{vault:A\n}}", "{{vault:{{env}}_key}}"])(
    "%j is malformed, and its line is known",
    (text) => expect(found(`\n${text}`)).toEqual([{ given: undefined, line: 2 }]),
  );

  it("are nothing else in braces", () => {
    expect(found("{{A}} { {vault:A}} {{Vault:A}} ${A} {vault:A}")).toEqual([]);
  });

  it("are replaced, and every other byte stays", () => {
    const template = Buffer.concat([
      Buffer.from([0xff, 0, 13, 10]),
      Buffer.from("{{vault:A}}|{{vault:B}}"),
      Buffer.from([0xc3]),
    ]);
    const filled = fill(template, markersOf(template), ({ given }) =>
      given === "A" ? Uint8Array.of(1, 0xfe) : undefined,
    );
    expect(Buffer.from(filled)).toEqual(
      Buffer.concat([Buffer.from([0xff, 0, 13, 10, 1, 0xfe]), Buffer.from("|{{vault:B}}"), Buffer.from([0xc3])]),
    );
  });

  it("E38: in a value are no markers", () => {
    const template = Buffer.from("{{vault:A}}");
    expect(Buffer.from(fill(template, markersOf(template), () => Buffer.from("{{vault:B}}"))).toString()).toBe(
      "{{vault:B}}",
    );
  });
});
