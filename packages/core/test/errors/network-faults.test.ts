import { describe, expect, it } from "vitest";
import { findErrorCode, networkFault } from "../../src/provider.ts";

const failing = (code: unknown, more: object = {}): Error => Object.assign(new Error("It failed."), { code, ...more });

describe("what befell the network", () => {
  it.each([
    ["ENOTFOUND", "unknown-host"],
    ["EAI_AGAIN", "unknown-host"],
    ["ECONNREFUSED", "refused"],
    ["ETIMEDOUT", "timed-out"],
    ["UND_ERR_HEADERS_TIMEOUT", "timed-out"],
    ["ERR_PROXY_TUNNEL", "proxy"],
    ["EPROTO", "tls"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls"],
    ["ECONNRESET", "broken"],
    ["UND_ERR_SOCKET", "broken"],
    ["EHOSTUNREACH", "unreachable"],
    ["UND_ERR_DESTROYED", "unreachable"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate"],
    ["CERT_HAS_EXPIRED", "certificate"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate"],
    ["ERR_TLS_HANDSHAKE_TIMEOUT", "tls"],
  ])("%s is %s", (code, kind) => {
    expect(networkFault(code)?.kind).toBe(kind);
  });

  it.each(["ENOENT", "EACCES", "ERR_INVALID_ARG_TYPE", "E", ""])("%j is no fault of the network", (code) => {
    expect(networkFault(code)).toBeUndefined();
  });
});

describe("the code of an error", () => {
  it.each([
    ["of its own", failing("ENOENT"), "ENOENT"],
    ["of its cause", new TypeError("fetch failed", { cause: failing("ECONNRESET") }), "ECONNRESET"],
    ["of the first of its errors", new AggregateError([failing("EPIPE"), failing("ENOENT")]), "EPIPE"],
    ["of a cause of its cause", new Error("a", { cause: new Error("b", { cause: failing("EPIPE") }) }), "EPIPE"],
    ["that is a word, not a sentence", failing("it failed", { cause: failing("EPIPE") }), "EPIPE"],
    ["that is a text, not a number", failing(20, { cause: failing("EPIPE") }), "EPIPE"],
    ["where there is none", new Error("a"), undefined],
    ["of what is no error", "ENOENT", undefined],
    ["of nothing", undefined, undefined],
  ])("is found %s", (_where, thrown, right) => {
    expect(findErrorCode(thrown)).toBe(right);
  });

  it("is the first that counts", () => {
    const thrown = failing("ERR_WRAPPED", { cause: failing("ECONNREFUSED") });
    expect(findErrorCode(thrown, (code) => networkFault(code) !== undefined)).toBe("ECONNREFUSED");
  });

  it("is not looked for without end", () => {
    const circle: { cause?: unknown } = {};
    circle.cause = circle;
    expect(findErrorCode(circle)).toBeUndefined();
  });
});
