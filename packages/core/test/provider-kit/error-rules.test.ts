import { describe, expect, it } from "vitest";
import {
  applyRule,
  certificateRules,
  type ErrorRule,
  type Failure,
  findRule,
  networkRules,
  isSecretError,
  rethrown,
  SecretError,
} from "../../src/provider.ts";

const CANARY = "vlcanary-in-a-rule";
const rule = (conditions: Partial<ErrorRule>): ErrorRule => ({ code: "denied", message: "No.", ...conditions });

describe("a rule fits", () => {
  it.each<[string, Partial<ErrorRule>, Failure, boolean]>([
    ["anything without conditions", {}, {}, true],
    ["its statuses", { status: [401, 403] }, { status: 403 }, true],
    ["no other status", { status: [401, 403] }, { status: 404 }, false],
    ["status 0 where nobody answered", { status: [0] }, {}, true],
    ["beginnings of the code", { codes: ["ECONN"] }, { code: "ECONNRESET" }, true],
    ["no other code", { codes: ["ECONN"] }, { code: "EPIPE" }, false],
    ["any code", { codes: [""] }, { code: "X" }, true],
    ["any code, where there is one", { codes: [""] }, {}, false],
    ["what befell the network", { network: ["refused", "broken"] }, { code: "EPIPE" }, true],
    ["nothing else that befell it", { network: ["refused"] }, { code: "EPIPE" }, false],
    ["no code that is none of the network's", { network: ["refused"] }, { code: "ENOENT" }, false],
    ["no network fault where there is no code", { network: ["refused"] }, {}, false],
    ["beginnings of the name", { names: ["Throttl"] }, { name: "ThrottlingException" }, true],
    ["no other name", { names: ["Throttl"] }, { name: "SlowDown" }, false],
    ["one of its texts", { says: ["no such", "gone"] }, { text: "it is gone." }, true],
    ["no other text", { says: ["no such"] }, { text: "it is gone." }, false],
    ["only where all conditions hold", { status: [403], says: ["gone"] }, { status: 403, text: "no" }, false],
  ])("%s", (_what, conditions, failure, right) => {
    expect(findRule([rule(conditions)], failure) !== undefined).toBe(right);
  });

  it("first of several, and only where its own conditions hold too", () => {
    const [first, second] = [rule({ message: "First." }), rule({ message: "Second." })];
    expect(findRule([first, second], {})).toBe(first);
    expect(findRule([first, second], {}, { also: ({ message }) => message !== "First." })).toBe(second);
  });
});

it("a table may have its own way of telling what is said", () => {
  const rules = [rule({ says: ["gone"] })];
  const failure = { text: "not gone" };
  expect(findRule(rules, failure, { says: (words) => failure.text.startsWith(words) })).toBeUndefined();
  expect(findRule(rules, failure)).toBe(rules[0]);
});

describe("the error of a rule", () => {
  it("has its words, and the failure's machine words", () => {
    const failure = { name: "N", code: "C", status: 429, requestId: "r-1", retryAfter: "7", text: CANARY };
    const error = applyRule(rule({ code: "throttled", reason: "busy" }), failure, { unknown: "Unknown." });
    expect([error.code, error.message]).toEqual(["throttled", "No."]);
    expect(error.details).toEqual({
      native: { name: "N", code: "C", status: 429, requestId: "r-1" },
      reason: "busy",
      retryAfterMs: 7000,
    });
  });

  it("has nothing that is no word", () => {
    const error = applyRule(
      rule({}),
      { name: `${CANARY} said`, code: "", retryAfter: CANARY },
      { unknown: "Unknown." },
    );
    expect(error.details).toEqual({});
  });

  it.each<[string | true | undefined, string | undefined, string | undefined]>([
    [true, "vendor login", "vendor login"],
    [true, undefined, undefined],
    ["vendor list", "vendor login", "vendor list"],
    [undefined, "vendor login", undefined],
  ])("with the hint %j, where new credentials come from %j, says %j", (own, login, right) => {
    const error = applyRule(rule(own === undefined ? {} : { hint: own }), {}, { unknown: "Unknown.", hint: login });
    expect(error.details.hint).toBe(right);
  });

  it("waits as long as it is told beside the failure", () => {
    const about = { unknown: "Unknown.", retryAfterMs: Infinity };
    expect(applyRule(rule({}), { retryAfter: "7" }, about).details.retryAfterMs).toBe(Infinity);
  });

  it("is internal where no rule fits", () => {
    const error = applyRule(undefined, { name: "New" }, { unknown: "Unknown.", hint: "vendor login" });
    expect([error.code, error.message, error.details]).toEqual(["internal", "Unknown.", { native: { name: "New" } }]);
  });
});

describe("what an SDK threw", () => {
  const explain = (): SecretError => new SecretError("unavailable", "Explained.");

  it("is ours anew, without what was written on it", () => {
    const ours = Object.assign(new SecretError("denied", "No.", { hint: "ask" }), { request: CANARY });
    const error = rethrown(ours, AbortSignal.abort(), explain);
    expect([error.code, error.message, error.details]).toEqual(["denied", "No.", { hint: "ask" }]);
    expect("request" in error).toBe(false);
  });

  it("is aborted where the caller gave up", () => {
    expect(rethrown(new Error(CANARY), AbortSignal.abort(), explain).code).toBe("aborted");
  });

  it.each([undefined, new AbortController().signal])("is explained otherwise", (signal) => {
    const error = rethrown(new Error(CANARY), signal, explain);
    expect(isSecretError(error) && error.message).toBe("Explained.");
  });
});

it("a table has a rule for each fault of a certificate, with the command that mends it", () => {
  const rules = certificateRules("The key vault's certificate", { untrusted: "export CA=…" });
  const told = ["ERR_TLS_CERT_ALTNAME_INVALID", "CERT_HAS_EXPIRED", "SELF_SIGNED_CERT_IN_CHAIN"].map((code) => {
    const { message, details } = applyRule(findRule(rules, { code }), { code }, { unknown: "Unknown." });
    return [message, details.hint];
  });
  expect(told).toEqual([
    ["The key vault's certificate is for another host name.", undefined],
    ["The key vault's certificate has expired, or is not valid yet.", undefined],
    ["The key vault's certificate is not trusted.", "export CA=…"],
  ]);
  expect(findRule(rules, { code: "ECONNREFUSED" })).toBeUndefined();
});

it("the rules of the network have a sentence each, and a time that ran out is a timeout", () => {
  const rules = networkRules({ "timed-out": "Too late.", refused: "Nobody there." }, { refused: "vault status" });
  expect(rules).toEqual([
    { network: ["timed-out"], code: "timeout", message: "Too late." },
    { network: ["refused"], code: "unavailable", message: "Nobody there.", hint: "vault status" },
  ]);
  expect(findRule(rules, { code: "ECONNREFUSED" })?.message).toBe("Nobody there.");
  expect(findRule(rules, { code: "EPIPE" })).toBeUndefined();
});
