import { CANARY } from "@vaultlink/stand-ins";
import { scanError } from "@vaultlink/testkit";
import { describe, expect, it } from "vitest";
import { ERROR_RULES } from "../src/errors.ts";
import { useFixture } from "./credentials/fixture.ts";
import type { Case } from "./errors/case.ts";
import { LOCAL_CASES } from "./errors/local-cases.ts";
import { SECRET_CASES } from "./errors/secret-cases.ts";
import { SERVICE_CASES } from "./errors/service-cases.ts";
import { SIGNING_CASES } from "./errors/signing-cases.ts";
import { NETWORK_CASES } from "./errors/network-cases.ts";
import { refused } from "./support.ts";

const fixture = useFixture();

const ALL: Readonly<Record<string, readonly Case[]>> = {
  "of a secret": SECRET_CASES,
  "of AWS itself": SERVICE_CASES,
  "of who asks": SIGNING_CASES,
  "of credentials that are not to be had": LOCAL_CASES,
  "of the way": NETWORK_CASES,
};

describe.each(Object.entries(ALL))("tells %s", (_, cases) => {
  it.each(cases)("that $when", async ({ cause, code, message, hint, reason, retryAfterMs, native }) => {
    const error = await refused(cause(fixture));
    const { details } = error;
    expect([error.code, error.message]).toEqual([code, message]);
    expect([details.hint, details.reason, details.retryAfterMs]).toEqual([hint, reason, retryAfterMs]);
    expect(details).toMatchObject(native ? { native } : {});
    expect(scanError(error, [CANARY])).toEqual([]);
    expect("cause" in error).toBe(false);
  });
});

it("has a case for every rule of the table, and a sentence of its own for each", () => {
  const tried = new Set(
    Object.values(ALL)
      .flat()
      .map(({ message }) => message),
  );
  const rows = ERROR_RULES.map(({ message }) => message);
  expect(rows.filter((message) => !tried.has(message))).toEqual([]);
  expect(rows.length).toBe(new Set(rows).size);
  for (const message of rows) expect(message).toMatch(/^[A-Z].*\.$/);
});

it("has a command for whoever must sign in again", () => {
  expect(ERROR_RULES.filter(({ code, hint }) => code === "unauthenticated" && hint === undefined)).toEqual([]);
});
