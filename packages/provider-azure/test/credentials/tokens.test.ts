import { describe, expect, it } from "vitest";
import type { Source, Token } from "../../src/credentials/source.ts";
import { Tokens } from "../../src/credentials/tokens.ts";
import { refused } from "../support.ts";

const HOUR = 3_600_000;
const { signal } = new AbortController();
const HOME = { scope: "https://vault.azure.net/.default", tenantId: "home" };
const OTHER = { ...HOME, tenantId: "other" };

/** A token of somebody in a tenant, or one that says nothing. */
function token(who: string | undefined, tid = "home", life: Partial<Token> = {}): Token {
  const claims = Buffer.from(JSON.stringify({ tid, oid: `${who}@${tid}`, appid: who })).toString("base64url");
  return {
    token: who === undefined ? "vlcanary-opaque" : `e30.${claims}.s`,
    expiresOnTimestamp: Date.now() + HOUR,
    ...life,
  };
}

/** A way of signing in that gives these, one after the other. */
function giving(tokens: readonly (Token | Error)[], about: Partial<Source> = { switches: true }) {
  const asked: unknown[] = [];
  const left = [...tokens];
  const source: Source = {
    ...{ hint: "az login", person: false, ...about },
    token: async ({ tenantId }) => {
      asked.push(tenantId);
      const next = left.shift();
      if (next === undefined || next instanceof Error) throw next ?? new Error("No further token is expected.");
      return next;
    },
  };
  return { asked, tokens: new Tokens({ source, loginTimeoutMs: 10_000, closing: signal }) };
}

/** About to end: the next read asks again. */
const ENDING = { expiresOnTimestamp: Date.now() + 60_000 };

describe("R1: whoever signs in", () => {
  it.each([
    ["the same", token("a"), "taken"],
    ["the same, in capitals", token("A"), "taken"],
    ["somebody else", token("b"), "unauthenticated"],
    ["nobody who can be told", token(undefined), "unauthenticated"],
  ])("at a renewal is %s", async (_, next, outcome) => {
    const { tokens } = giving([token("a", "home", ENDING), next]);
    await tokens.get(HOME, signal);
    const renewed = tokens.get(HOME, signal);
    expect(outcome === "taken" ? (await renewed) === next : (await refused(renewed)).code).toBe(
      outcome === "taken" ? true : outcome,
    );
  });

  it("is not known before nor after: another session has to begin, unless nobody else can sign in there", async () => {
    const opaque = [token(undefined, "home", ENDING), token(undefined)];
    const { tokens } = giving(opaque);
    await tokens.get(HOME, signal);
    expect((await refused(tokens.get(HOME, signal))).code).toBe("unauthenticated");
    const fixed = giving(opaque, {});
    await fixed.tokens.get(HOME, signal);
    expect(await fixed.tokens.get(HOME, signal)).toBe(opaque[1]);
  });

  it("for another tenant is asked who they are at home: the same", async () => {
    const { asked, tokens } = giving([token("a"), token("a", "other"), token("a")]);
    await tokens.get(HOME, signal);
    expect(await tokens.get(OTHER, signal)).toMatchObject({ token: token("a", "other").token });
    expect(asked).toEqual(["home", "other", "home"]);
    // Known from then on.
    await tokens.get(OTHER, signal);
    expect(asked).toHaveLength(3);
  });

  it("for another tenant is asked who they are at home: somebody else", async () => {
    const { tokens } = giving([token("a"), token("b", "other"), token("b")]);
    await tokens.get(HOME, signal);
    expect((await refused(tokens.get(OTHER, signal))).message).toBe("Somebody else has signed in to Azure since.");
  });
});

describe("a token that Entra wants renewed before its end", () => {
  const early = { refreshAfterTimestamp: Date.now() - 1 };

  it("is renewed then", async () => {
    const next = token("a");
    const { tokens } = giving([token("a", "home", early), { ...next, token: `${next.token}2` }]);
    await tokens.get(HOME, signal);
    expect((await tokens.get(HOME, signal)).token).toBe(`${next.token}2`);
  });

  it.each([
    ["the same comes again", token("a", "home", early)],
    ["nobody answers", new Error("unreachable")],
  ])("is used on where %s, and not asked for at each read", async (_, next) => {
    const failure = next instanceof Error ? Object.assign(next, { "~secretError": 1, code: "unavailable" }) : next;
    const { asked, tokens } = giving([token("a", "home", early), failure]);
    const first = await tokens.get(HOME, signal);
    for (let read = 0; read < 5; read++) expect((await tokens.get(HOME, signal)).token).toBe(first.token);
    expect(asked).toHaveLength(2);
  });
});
