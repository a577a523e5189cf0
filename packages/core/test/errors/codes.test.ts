import { describe, expect, it } from "vitest";
import { SEVERITY } from "../../src/errors/codes.ts";
import type { ErrorCode } from "../../src/index.ts";
import { isErrorCode } from "../../src/provider.ts";
import { POLICY, mostSevere } from "../../src/internal.ts";

/** Code, retry, remembered for ten seconds, drops the entry, a stale value may answer, exit status. */
const TABLE = [
  ["invalid_reference", false, true, true, false, 64],
  ["ambiguous", false, true, true, false, 65],
  ["unusable", false, true, true, false, 65],
  ["not_found", false, true, true, false, 66],
  ["unresolved", false, false, false, false, 67],
  ["unavailable", true, false, false, true, 69],
  ["internal", false, false, false, false, 70],
  ["throttled", true, false, false, true, 75],
  ["timeout", true, false, false, true, 75],
  ["unauthenticated", "reopen", false, false, false, 76],
  ["denied", false, false, true, false, 77],
  ["invalid_config", false, false, false, false, 78],
  ["forbidden", false, false, false, false, 79],
  ["aborted", false, false, false, false, 130],
] as const satisfies ReadonlyArray<readonly [ErrorCode, ...unknown[]]>;

describe("the policy table", () => {
  it.each(TABLE)(
    "%s: retry %s, remember %s, purge %s, stale %s, exit %i",
    (code, retry, remember, purge, stale, exit) => {
      expect(POLICY[code]).toEqual({ retry, remember, purge, stale, exit });
    },
  );

  it("has these rows and no others", () => {
    expect(Object.keys(POLICY).toSorted()).toEqual(TABLE.map(([code]) => code).toSorted());
  });

  it("cannot be changed by whoever imports it", () => {
    expect(Object.isFrozen(POLICY) && Object.values(POLICY).every(Object.isFrozen)).toBe(true);
  });

  it("remembers no answer that says nothing about the secret, and never a value after a refusal that purges", () => {
    for (const { purge, remember, retry, stale } of Object.values(POLICY)) {
      expect(remember && !purge).toBe(false);
      expect(stale && (purge || retry !== true)).toBe(false);
    }
  });
});

describe("the code that stands for several failures", () => {
  const order = [
    "internal",
    "invalid_config",
    "invalid_reference",
    "unauthenticated",
    "forbidden",
    "denied",
    "unresolved",
    "not_found",
    "ambiguous",
    "unusable",
    "unavailable",
    "timeout",
    "throttled",
  ] as const;

  it.each(order.slice(0, -1).map((code, index) => [code, order[index + 1] as ErrorCode] as const))(
    "%s wins over %s, whichever comes first",
    (mendable, other) => {
      expect(mostSevere([mendable, other])).toBe(mendable);
      expect(mostSevere([other, mendable, other])).toBe(mendable);
    },
  );

  it("is the one there is, and knows every code", () => {
    for (const [code] of TABLE) expect(mostSevere([code])).toBe(code);
    expect(SEVERITY).toHaveLength(TABLE.length);
  });

  it("of none is a mistake", () => {
    expect(() => mostSevere([])).toThrow(RangeError);
  });
});

it("what is no code is told from one", () => {
  expect(["denied", "DENIED", "toString", "__proto__", "", 64, undefined].map(isErrorCode)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});
