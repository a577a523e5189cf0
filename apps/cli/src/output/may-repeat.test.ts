import { describe, expect, it } from "vitest";
import { mayRepeat } from "./may-repeat.ts";

describe("what was typed in place of a name", () => {
  it.each(["DB_PASSWORD", "NOTHING", "S3_KEY", "KEY_2", "A", "hcv", "aws-prod", "login"])("%s is repeated", (typed) => {
    expect(mayRepeat(typed)).toBe(true);
  });

  it.each([
    ["words of a passphrase", "correct-horse-battery-staple"],
    ["a password", "Summer2024"],
    ["a short one", "hunter2"],
    ["an access key", "AKIAIOSFODNN7EXAMPLE"],
    ["a key of base 32", "JBSWY3DPEHPK3PXP"],
    ["hexadecimal digits", "DEADBEEFDEADBEEFDEADBEEFDEADBEEF"],
    ["a token", "hvs.vlcanary"],
    ["a longer text", "vlcanary-typed"],
    ["no text", undefined as never],
  ])("%s is not", (_what, typed) => {
    expect(mayRepeat(typed)).toBe(false);
  });
});
