import { SecretError } from "@vaultlink/core";
import { describe, expect, it } from "vitest";
import { CliError } from "../failure.ts";
import { clean } from "./clean.ts";
import { exitOf, failureJson, failureLines, NamesFailed } from "./failures.ts";
import { message } from "./result.ts";
import { stylizer } from "./style.ts";
import { render } from "./render.ts";

const plain = stylizer({}, false);
const failed = (name: string, code: ConstructorParameters<typeof SecretError>[0]) => ({
  name,
  error: new SecretError(code, "It failed.", { hint: "do this" }),
});

describe("failures", () => {
  it("of several, the one a person must mend decides", () => {
    expect(exitOf(new NamesFailed([failed("A", "throttled"), failed("B", "unauthenticated")]))).toBe(76);
    expect(exitOf(new NamesFailed([failed("A", "not_found"), failed("B", "unavailable")]))).toBe(66);
  });

  it("are two lines each: what failed for which name, and what mends it", () => {
    const lines = failureLines(new NamesFailed([failed("A", "denied"), failed("B", "not_found")]), plain);
    expect(lines).toEqual(["vaultlink: A: It failed.", "  try: do this", "vaultlink: B: It failed.", "  try: do this"]);
  });

  it("name what they are about once", () => {
    const error = new SecretError("denied", "A: It failed.");
    expect(failureLines(new NamesFailed([{ name: "A", error }]), plain)).toEqual(["vaultlink: A: It failed."]);
  });

  it("N10: that are throttled say for how long", () => {
    const throttled = (retryAfterMs: number): unknown =>
      failureLines(new SecretError("throttled", "Too many requests.", { retryAfterMs }), plain);
    expect(throttled(45_000)).toEqual(["vaultlink: Too many requests. Try again in 45 s."]);
    expect(throttled(Infinity)).toEqual(["vaultlink: Too many requests."]);
  });

  it("do not repeat what may be a pasted value", () => {
    const error = new SecretError("invalid_reference", "It is malformed.");
    const thrown = new NamesFailed([{ name: "vlcanary-/pasted", error }]);
    expect(failureLines(thrown, plain).join("\n") + JSON.stringify(failureJson(thrown))).not.toContain("vlcanary");
  });

  it("that are not ours show a machine word and nothing else", () => {
    const thrown = Object.assign(new TypeError("vlcanary-message"), {
      config: "vlcanary-config",
      code: "vlcanary / x",
    });
    expect(failureLines(thrown, plain)).toEqual(["vaultlink: Something went wrong inside vaultlink (TypeError)."]);
    expect([exitOf(thrown), failureJson(thrown)]).toEqual([
      70,
      { error: { code: "internal", exit: 70, message: "Internal error (TypeError)." } },
    ]);
    expect(exitOf("a text")).toBe(70);
  });

  it("of the command itself have statuses of their own", () => {
    expect(exitOf(new CliError("usage", "x"))).toBe(64);
    expect(exitOf(new CliError("conflict", "x"))).toBe(75);
  });
});

describe("what comes from elsewhere", () => {
  it.each(["\u001b[31mred", "a\u0007b", "a\u009b31m", "a\u202eb", "a\r\nb", "a\u2028b"])(
    "%j loses what drives a terminal",
    (text) => {
      expect(clean(text)).toMatch(/^[\p{L}\d[;]+$/u);
    },
  );

  it("is cleaned in lines and in tables", () => {
    const table = { heads: ["NAME", "WHO"], rows: [["A", { text: "x\u001b[2Jy", style: "bad" as const }]] };
    expect(render(message(["a\u001bb", table], {}), plain)).toEqual(["ab", "NAME  WHO", "A     x[2Jy"]);
  });
});

describe("colour", () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ TERM: "dumb" }, true, false],
  ])("%j at a terminal: %s", (env, isTerminal, coloured) => {
    expect(stylizer(env, isTerminal)("red", "x") !== "x").toBe(coloured);
  });
});
