import { describe, expect, it } from "vitest";
import { isThere, READERS, readBack } from "../../../test/export/read-back.ts";
import { DOCKER } from "./docker.ts";
import { DOTENV } from "./dotenv.ts";
import { FORMATS, textOf } from "./formats.ts";
import { GITHUB, maskCommands } from "./github.ts";
import { POWERSHELL } from "./shells.ts";

/** CI reads back so many random values of each; `node --conditions=source test/export/run.ts` as many as one likes. */
const VALUES = 500;

describe("what is exported is read back as it was", () => {
  for (const reader of READERS) {
    const who = `${reader.format} by ${reader.program ?? "Node"}`;
    it.skipIf(!isThere(reader))(`${who} (skipped where that is not installed)`, () => {
      const seed = Math.floor(Math.random() * 2 ** 31);
      const { different, refused } = readBack(reader, VALUES, seed);
      expect({ seed, different }).toEqual({ seed, different: [] });
      expect(refused).toBeLessThan(VALUES / 2);
    });
  }
});

describe("a value that a format cannot carry is refused", () => {
  const all = "vlcanary-'\"`";
  it.each([
    ["dotenv", "a carriage return", "vlcanary-\r"],
    ["dotenv", "quotes of all kinds", all],
    ["dotenv", "blanks and a backslash at the end", "vlcanary- \\"],
    ["docker", "a line end", "vlcanary-\n"],
    ["docker", "more than a line", `vlcanary-${"x".repeat(65_536)}`],
  ])("%s: %s", (format, _, value) => {
    expect(() => FORMATS[format]?.entry("NAME", value)).toThrow(/^The value (?!.*vlcanary)/);
  });

  it("and what can be carried some way is", () => {
    expect(DOTENV.entry("NAME", "it's")).toBe("NAME=`it's`\n");
    expect(DOTENV.entry("NAME", "it's `x`")).toBe('NAME="it\'s `x`"\n');
    expect(DOTENV.entry("NAME", "C:\\")).toBe("NAME=C:\\\n");
    expect(DOCKER.entry("NAME", " 'as it is' ")).toBe("NAME= 'as it is' \n");
  });
});

describe("formats", () => {
  const NAMES = new Map([
    ["NO", "1"],
    ["__proto__", "2"],
  ]);

  it("take no name and no value for anything but text", () => {
    expect(textOf(FORMATS["yaml"] ?? DOTENV, NAMES)).toBe('"NO": "1"\n"__proto__": "2"\n');
    expect(textOf(FORMATS["json"] ?? DOTENV, NAMES)).toBe('{\n  "NO": "1",\n  "__proto__": "2"\n}\n');
    expect(textOf(FORMATS["json"] ?? DOTENV, new Map())).toBe("{\n}\n");
  });

  it("of GitHub have a new delimiter for each value", () => {
    const delimiters = [GITHUB.entry("A", "x"), GITHUB.entry("A", "x")].map((text) => /<<(.+)/.exec(text)?.[1]);
    expect(new Set(delimiters).size).toBe(2);
  });

  it("have GitHub mask values and their lines, escaped", () => {
    expect(maskCommands(["100%-sure\nline two", "abc", ""])).toBe(
      "::add-mask::100%25-sure%0Aline two\n::add-mask::100%25-sure\n::add-mask::line two\n",
    );
  });

  it("of PowerShell double typographic quotes, too", () => {
    expect(POWERSHELL.entry("A", "a\u2019b'c")).toBe("$env:A = 'a\u2019\u2019b''c'\n");
  });
});
