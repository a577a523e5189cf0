import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { toSecretError } from "../../src/errors/secret-error.ts";
import { codeForStatus, encodePath, parseJson, parseRetryAfter } from "../../src/provider.ts";
import { isSecretError, SecretError } from "../../src/index.ts";

const CANARY = "vlcanary-in-an-error";

/** Everything an error shows anywhere. */
function everything(error: SecretError): string {
  const own = Reflect.ownKeys(error).map((key) => String(Reflect.get(error, key)));
  return [
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    String(error),
    error.stack,
    ...own,
  ].join("\n");
}

describe("what a provider throws", () => {
  it("is a fault of the bundle where a bundler's stand-in for `require` refuses", () => {
    const error = toSecretError(new Error('Dynamic require of "node:https" is not supported'));
    expect(error).toMatchObject({ code: "invalid_config" });
    expect(error.details.hint).toContain("external");
    const longer = toSecretError(new Error(`Dynamic require of "node:https" is not supported ${CANARY}`));
    expect(longer.code).toBe("internal");
  });

  it.each([
    "ECONNREFUSED",
    "ECONNRESET",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ETIMEDOUT",
    "UND_ERR_SOCKET",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "CERT_HAS_EXPIRED",
    "SELF_SIGNED_CERT_IN_CHAIN",
  ])("is unavailable where Node says %s, and says no more", (code) => {
    const error = toSecretError(Object.assign(new Error(CANARY), { code, address: CANARY }));
    expect(error).toMatchObject({ code: "unavailable", details: { native: { code } } });
    expect(everything(error)).not.toContain(CANARY);
  });

  it.each([
    [
      "fetch's cause",
      new TypeError("fetch failed", { cause: Object.assign(new Error(CANARY), { code: "ECONNREFUSED" }) }),
    ],
    [
      "the first of several addresses",
      new AggregateError([Object.assign(new Error(CANARY), { code: "ECONNREFUSED" })], CANARY),
    ],
    ["a cause of a cause", new Error("a", { cause: new Error("b", { cause: { code: "ECONNREFUSED" } }) })],
  ])("is looked into for a network code: %s", (_where, thrown) => {
    expect(toSecretError(thrown)).toMatchObject({ code: "unavailable", details: { native: { code: "ECONNREFUSED" } } });
  });

  it.each([
    ["an error", new Error(CANARY, { cause: CANARY })],
    [
      "an error with secrets beside it",
      Object.assign(new Error(CANARY), { headers: { authorization: CANARY }, body: CANARY }),
    ],
    [
      "one whose words are none",
      Object.assign(new Error("x"), { code: `${CANARY} !`, requestId: CANARY.repeat(9), status: CANARY }),
    ],
    ["a text", CANARY],
    ["an object", { token: CANARY }],
    ["nothing", undefined],
    ["null", null],
    ["a number", 42],
    ["an error that only looks like ours", { "~secretError": 1, code: "denied", message: CANARY, details: {} }],
  ])("is internal where it explains nothing: %s", (_what, thrown) => {
    const error = toSecretError(thrown);
    expect(error.code).toBe("internal");
    expect(everything(error)).not.toContain(CANARY);
    expect(error.cause).toBeUndefined();
  });

  it("keeps the short words that a vault's support asks for, and drops the rest", () => {
    const thrown = Object.assign(new Error(CANARY), {
      name: "AccessDenied",
      code: "E:1.2-x",
      status: 418,
      requestId: "r-1",
      extra: CANARY,
    });
    expect(toSecretError(thrown).details).toEqual({
      native: { name: "AccessDenied", code: "E:1.2-x", status: 418, requestId: "r-1" },
    });
  });

  it("is aborted where its signal was", () => {
    expect(toSecretError(new DOMException("x", "AbortError"), AbortSignal.abort()).code).toBe("aborted");
    expect(toSecretError(new DOMException("x", "AbortError")).code).toBe("internal");
  });

  it("passes where it is ours, cut down to what an error may carry", () => {
    const details = {
      hint: "vendor login",
      reason: "disabled",
      retryAfterMs: Infinity,
      native: { name: "N", code: "C", status: 400, requestId: "r", body: CANARY },
      value: CANARY,
      name: CANARY,
      connection: CANARY,
    };
    const error = toSecretError(
      Object.assign(new SecretError("unusable", "A sentence.", details), { response: CANARY, cause: CANARY }),
    );
    expect(error).toMatchObject({ code: "unusable", message: "A sentence." });
    expect(error.details).toEqual({
      hint: "vendor login",
      reason: "disabled",
      retryAfterMs: Infinity,
      native: { name: "N", code: "C", status: 400, requestId: "r" },
    });
    expect(everything(error)).not.toContain(CANARY);
  });

  it("of ours, what has the wrong shape is dropped", () => {
    const odd = { hint: 1, reason: `${CANARY} with spaces`, retryAfterMs: -1, native: { status: 1.5, name: {} } };
    const error = toSecretError(new SecretError("throttled", "A sentence.", odd as unknown as object));
    expect(error.details).toEqual({ native: {} });
    expect(toSecretError(new SecretError("throttled", "x", null as unknown as object)).details).toEqual({});
  });

  it("is ours too where another copy of this package made it; a code that copy alone knows is internal", () => {
    class Copy extends Error {
      readonly "~secretError" = 1;
      readonly details = {};
      readonly code: string;
      constructor(code: string) {
        super("A sentence.");
        this.code = code;
      }
    }
    expect([toSecretError(new Copy("denied")), toSecretError(new Copy("brand_new"))].map(({ code }) => code)).toEqual([
      "denied",
      "internal",
    ]);
    expect(toSecretError(new Copy("denied"))).toBeInstanceOf(SecretError);
    expect([isSecretError(new Copy("denied")), isSecretError(new Error("x")), isSecretError(undefined)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("helpers for a provider's author", () => {
  it.each([
    [[400, 405, 414, 422], "invalid_reference"],
    [[401, 407], "unauthenticated"],
    [[403, 451], "denied"],
    [[404, 410], "not_found"],
    [[429], "throttled"],
    [[501], "invalid_config"],
    [[200, 301, 302, 307, 408, 418, 500, 502, 503, 504, 599, 0], "unavailable"],
  ] as const)("the statuses %j are %s", (statuses, code) => {
    expect(new Set(statuses.map(codeForStatus))).toEqual(new Set([code]));
  });

  it.each([
    ["120", 120_000],
    ["0", 0],
    [" 5 ", 5000],
    ["Thu, 01 Jan 2026 00:01:00 GMT", 60_000],
    ["Wed, 31 Dec 2025 23:59:00 GMT", 0],
    ["12.5", undefined],
    ["-1", undefined],
    ["soon", undefined],
    ["2026-01-01T00:01:00Z", undefined],
    ["", undefined],
    [null, undefined],
    [undefined, undefined],
  ])("a Retry-After of %j asks to wait %j ms", (header, ms) => {
    expect(parseRetryAfter(header, Date.UTC(2026, 0, 1))).toBe(ms);
  });

  it("parseJson gives what JSON says, and never quotes what is none", () => {
    expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
    for (const text of [`<html>${CANARY}`, `"${CANARY}`, "", CANARY]) {
      let thrown: unknown;
      try {
        parseJson(text);
      } catch (error) {
        thrown = error;
      }
      expect(isSecretError(thrown) && thrown.code).toBe("unavailable");
      expect(everything(thrown as SecretError)).not.toContain(CANARY);
    }
  });

  it("encodePath keeps a name's own ?, # and % in the name, and its slashes between segments", () => {
    expect(encodePath("prod/a?b#c%d e/\u00E9")).toBe("prod/a%3Fb%23c%25d%20e/%C3%A9");
  });
});
