import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary.ts";
import { PROJECT, USER } from "./file-kinds.ts";
import { ANYBODYS } from "./permissions.ts";
import { readConfig } from "./read.ts";

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

async function read(text: string | Uint8Array, kind = PROJECT): Promise<unknown> {
  const file = join(folder, "file.json");
  await writeFile(file, text);
  return (await readConfig(file, kind.schema, ANYBODYS)).content;
}

/** What the error says behind the file's name. */
async function complaint(text: string | Uint8Array, kind = PROJECT): Promise<string> {
  const error = await read(text, kind).then(
    () => expect.fail("was accepted"),
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: "invalid_config" });
  const { message } = error as Error;
  expect(message).not.toContain("vlcanary");
  expect(message.startsWith(join(folder, "file.json"))).toBe(true);
  return message.slice(join(folder, "file.json").length);
}

describe("a configuration file that is right", () => {
  it("may hold comments", async () => {
    expect(await read('// mine\n{ "version": 1, /* none */ "links": {} }')).toEqual({ version: 1, links: {} });
  });

  it("may begin with a byte order mark", async () => {
    expect(await read('\ufeff{ "version": 1 }')).toEqual({ version: 1 });
  });

  it("may be absent", async () => {
    expect((await readConfig(join(folder, "none.json"), USER.schema, ANYBODYS)).content).toEqual({ version: 1 });
  });

  it("may have every link form", async () => {
    const links = {
      A: "hcv://a#b",
      B: null,
      C: { reference: "hcv://c", required: false, enabled: true, allowedDomains: ["api.example.com"] },
    };
    expect(await read(JSON.stringify({ version: 1, links }))).toEqual({ version: 1, links });
  });

  it("treats __proto__ as a name like any other", async () => {
    const content = (await read('{ "version": 1, "links": { "__proto__": "hcv://a" } }')) as { links: object };
    expect(Object.keys(content.links)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(content.links)).toBe(null);
  });
});

describe("a configuration file that is wrong", () => {
  it.each(
    byMessage([
      ["", ': It is empty; the least it may hold is { "version": 1 }.'],
      [" \n\t", ': It is empty; the least it may hold is { "version": 1 }.'],
      ["// only a comment", ", line 1, column 18: This is not JSON."],
      ['{ "version": 1\n', ", line 2, column 1: A closing } is missing."],
      ['{\n  "version" 1 }', ", line 2, column 13: A colon is missing after a key."],
      ['{ "version": 1 "links": {} }', ", line 1, column 16: A comma is missing."],
      [
        '{ "version": 1, }',
        ", line 1, column 17: A key in double quotes is expected here; the last entry has no comma after it.",
      ],
      ['{ "version": 1, "links": { "A": "vlcanary-cut\n} }', ", line 1, column 33: A text is not closed on its line."],
      ['{ "version": 1 } vlcanary', ", line 1, column 18: This is not JSON."],
      ["[]", ", line 1, column 1: The file must be an object."],
      ["{}", ', line 1, column 1: "version" is missing.'],
      ['{ "version": 2 }', ', line 1, column 14: "version" must be 1.'],
      ['{ "version": 1, "lnks": {} }', ', line 1, column 17: Unknown key "lnks"; did you mean "links"?'],
      [
        '{ "version": 1, "s.vlcanary-pasted=key": {} }',
        ", line 1, column 17: Unknown key; known here: $schema, version, links, connections.",
      ],
      ['{ "version": 1, "links": { "A": 5 } }', ', line 1, column 33: "links.A" must be a text or null or an object.'],
      [
        '{ "version": 1, "links": { "A": { "refrence": "x" } } }',
        ', line 1, column 35: Unknown key "refrence"; did you mean "reference"?',
      ],
      [
        '{ "version": 1, "links": { "1A": null } }',
        ", line 1, column 28: A link's name begins with a letter or _ and holds letters, digits, _ . and -.",
      ],
      ['{ "version": 1, "links": { "A": null,\n"A": "hcv://a" } }', ', line 2, column 1: "links.A" is given twice.'],
      [
        '{ "version": 1, "connections": { "HCV": { "provider": "hashicorp" } } }',
        ", line 1, column 34: A connection's name holds lower-case letters, digits and hyphens, and is not http or https.",
      ],
      ['{ "version": 1, "connections": { "hcv": {} } }', ', line 1, column 41: "connections.hcv.provider" is missing.'],
      [
        '{ "version": 1, "cache": { "ttl": 5 } }',
        ', line 1, column 17: Unknown key "cache"; known here: $schema, version, links, connections.',
      ],
    ]),
  )("says%s", async (expected, text) => {
    expect(await complaint(text)).toBe(expected);
  });

  it.each(
    byMessage([
      ['{ "version": 1, "cache": { "ttl": -1 } }', ', line 1, column 35: "cache.ttl" must be at least 0.'],
      [
        '{ "version": 1, "cache": { "ttl": 1.5 } }',
        ', line 1, column 35: "cache.ttl" must be a whole number or a text.',
      ],
      [
        '{ "version": 1, "cache": { "ttl": "soon" } }',
        ', line 1, column 35: A duration is a number of minutes, or such as "90m" or "2h".',
      ],
      [
        '{ "version": 1, "cache": { "onExpired": "keep" } }',
        ', line 1, column 41: "cache.onExpired" must be one of withhold, serve.',
      ],
      ['{ "version": 1, "disconnected": [1] }', ', line 1, column 34: "disconnected.0" must be a text.'],
    ]),
  )("of a user says%s", async (expected, text) => {
    expect(await complaint(text, USER)).toBe(expected);
  });

  it("is not text", async () => {
    expect(await complaint(new Uint8Array([0x7b, 0xff, 0xfe]))).toBe(": It is not UTF-8 text.");
  });

  it("is a directory", async () => {
    await mkdir(join(folder, "vaultlink.json"));
    await expect(readConfig(join(folder, "vaultlink.json"), PROJECT.schema, ANYBODYS)).rejects.toThrow(
      /not a regular file/,
    );
  });
});

/** Titles come from the messages: the texts hold fake secrets, which nothing may print. */
function byMessage(rows: ReadonlyArray<readonly string[]>): ReadonlyArray<readonly [string, string]> {
  return rows.map(([text = "", expected = ""]) => [expected, text]);
}
