import { expect, test } from "vitest";

import { leaksOf } from "./canaries.ts";

const SECRET = "vlcanary-scan-1";

test("a text without fake secrets is clean", () => {
  expect(leaksOf("a log\nthat speaks of canaries and of vlcanary without its dash\n")).toEqual([]);
});

test("a fake secret is told by its line and form, never by its value", () => {
  const found = leaksOf(`first\npassword=${SECRET}\n`);
  expect(found).toEqual([{ line: 2, form: "plain" }]);
  expect(JSON.stringify(found)).not.toContain(SECRET);
});

test.each(["", "a", "ab", "abc"])("base64 is seen behind the text %j", (before) => {
  const text = Buffer.from(`${before}${SECRET}`).toString("base64");
  expect(leaksOf(text)).toEqual([{ line: 1, form: "base64" }]);
});

test.each([(text: string) => text, (text: string) => text.toUpperCase()])("hex is seen in both cases", (write) => {
  expect(leaksOf(write(Buffer.from(SECRET).toString("hex")))).toEqual([{ line: 1, form: "hex" }]);
});
