import { describe, expect, it } from "vitest";
import { check, mask } from "../../test/mask/check.ts";
import type { Step } from "../../test/mask/oracle.ts";
import { Automaton } from "./automaton.ts";
import { Masker } from "./masker.ts";

const bytes = (text: string): Buffer => Buffer.from(text);
const cut = (...texts: readonly string[]): readonly Step[] =>
  texts.map((text) => (text === "silence" ? text : bytes(text)));
/** The output for these patterns and this input, as text. */
const masked = (patterns: readonly string[], ...texts: readonly string[]): string =>
  mask(patterns.map(bytes), cut(...texts)).toString();

/** CI looks at so many random cases; `node test/mask/run.ts` at as many as one likes. */
const CASES = 20_000;

describe("the masker", () => {
  it("does in random cases what the rule says: nothing leaks, at most 3 bytes show, nothing is lost", () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const { wrong, shown, masked: count } = check(CASES, seed);
    expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    expect(shown).toBeLessThanOrEqual(3);
    expect(count).toBeGreaterThan(CASES / 2);
  });

  it("masks wherever the input is cut", () => {
    const text = "a vlcanary-1 and vlcanary-1vlcanary-22, not vlcanary-3";
    for (let at = 0; at <= text.length; at++) {
      expect(masked(["vlcanary-1", "vlcanary-22"], text.slice(0, at), text.slice(at))).toBe(
        "a [secret] and [secret], not vlcanary-3",
      );
    }
  });

  it("masks a secret whose last characters are its first, cut there", () => {
    const pattern = "abcXYZabc";
    expect(masked([pattern], "abcXYZ", "abc.")).toBe("[secret].");
    expect(masked([pattern], "abcXYZabc", "XYZabc.")).toBe("[secret].");
    expect(masked([pattern], "abcabcXYZ", "abc.")).toBe("abc[secret].");
  });

  it("masks a secret that begins as another one ends", () => {
    expect(masked(["one-two-", "two-three"], "one-", "two-three.")).toBe("[secret].");
    expect(masked(["one-two-", "two-three"], "one-two", "-three.", "one-two", "-thre")).toBe("[secret].[secret]thre");
  });

  it("masks the second half after a silence, and shows three bytes of the first at most", () => {
    expect(masked(["0123456789"], "x01234", "silence", "56789y")).toBe("x012[secret]y");
    expect(masked(["0123456789"], "x01", "silence", "2345", "silence", "6789y")).toBe("x012[secret]y");
  });

  it("lets a prompt go that ends as a secret begins", () => {
    const masker = new Masker(new Automaton([bytes(": secret")]));
    expect(Buffer.concat(masker.push(bytes("password: "))).toString()).toBe("password");
    expect(Buffer.concat(masker.letGo()).toString()).toBe(": ");
    expect([masker.holds, masker.letGo()]).toEqual([false, []]);
    expect(Buffer.concat(masker.push(bytes("secret!"))).toString()).toBe("[secret]!");
  });

  it("tells of a secret at once, not only with what follows", () => {
    const masker = new Masker(new Automaton([bytes("vlcanary-1")]));
    expect(Buffer.concat(masker.push(bytes("= vlcanary-1"))).toString()).toBe("= [secret]");
    expect(masker.holds).toBe(false);
  });

  it("leaves the other bytes of a longer token", () => {
    expect(masked(["vlcanary-1"], "id_vlcanary-1_suffix")).toBe("id_[secret]_suffix");
  });

  it("leaves output that is not UTF-8, and line ends, as they are", () => {
    const input = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0x80]), bytes("\r\nvlcanary-1\r\n"), Buffer.from([0xc3])]);
    const output = mask([bytes("vlcanary-1")], [input.subarray(0, 9), input.subarray(9)]);
    expect(output).toEqual(
      Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0x80]), bytes("\r\n[secret]\r\n"), Buffer.from([0xc3])]),
    );
  });

  it("keeps what is held of a candidate that comes byte by byte", () => {
    const pattern = "ab".repeat(5000);
    const steps = `${pattern}${pattern.slice(0, -1)}!`.split("").map(bytes);
    // It occurs at every second place; the last beginning breaks off.
    expect(mask([bytes(pattern)], steps).toString()).toBe("[secret]a!");
  });

  it("has no use for patterns that would be found everywhere", () => {
    expect(() => new Automaton([bytes("abc")])).toThrow(RangeError);
  });
});
