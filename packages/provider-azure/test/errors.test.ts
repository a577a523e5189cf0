import { describe, expect, it } from "vitest";
import { ERROR_RULES } from "../src/errors.ts";
import type { Case } from "./errors/case.ts";
import { ENTRA_CASES } from "./errors/entra-cases.ts";
import { CERTIFICATE_CASES } from "./errors/certificates.ts";
import { LOCAL_CASES } from "./errors/local-cases.ts";
import { PLATFORM_CASES } from "./errors/platform-cases.ts";
import { PROGRAM_CASES } from "./errors/program-cases.ts";
import { VAULT_CASES } from "./errors/vault-cases.ts";
import { NETWORK_CASES } from "./errors/network-cases.ts";
import { refused, useAzure } from "./support.ts";

const server = useAzure();

const ALL: Readonly<Record<string, readonly Case[]>> = {
  "of a key vault": VAULT_CASES,
  "of Entra": ENTRA_CASES,
  "of a platform": PLATFORM_CASES,
  "of what the SDK finds out by itself": LOCAL_CASES,
  "of programs": PROGRAM_CASES,
  "of certificates": CERTIFICATE_CASES,
  "of the way": NETWORK_CASES,
};

describe.each(Object.entries(ALL))("tells %s", (_, cases) => {
  it.each(cases)("that $when", async ({ cause, code, message, hint, reason, retryAfterMs, native }) => {
    const error = await refused(cause(server.azure));
    const { details } = error;
    expect([error.code, error.message]).toEqual([code, message]);
    expect(details.hint?.slice(0, hint?.length)).toBe(hint);
    expect([details.reason, details.retryAfterMs]).toEqual([reason, retryAfterMs]);
    expect(details).toMatchObject(native ? { native } : {});
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
