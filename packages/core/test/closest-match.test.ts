import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closestMatch } from "../src/internal.ts";

const KNOWN = ["DB_PASSWORD", "DB_USER", "PAYMENTS_TOKEN", "A"];

describe("the nearest known name", () => {
  it.each([
    ["DB_PASSWORD", "DB_PASSWORD"],
    ["db_password", "DB_PASSWORD"],
    ["DB_PASWORD", "DB_PASSWORD"],
    ["DB_PASSSWORD", "DB_PASSWORD"],
    ["DB_PASSWROD", "DB_PASSWORD"],
    ["DB_PASSW0RD", "DB_PASSWORD"],
    ["DB-USER", "DB_USER"],
    ["PAYMENT_TOKEN", "PAYMENTS_TOKEN"],
    ["B", "A"],
  ])("to %s is %s", (typed, found) => {
    expect(closestMatch(typed, KNOWN)).toBe(found);
  });

  it.each(["", "WEBHOOK_SECRET", "PASSWORD", "XYZ", "DB_PASSWORD".repeat(10)])("to %j is none", (typed) => {
    expect(closestMatch(typed, KNOWN.slice(0, 3))).toBeUndefined();
  });

  it("is the first of two that are as near", () => {
    expect(closestMatch("DB_X", ["DB_A", "DB_B"])).toBe("DB_A");
  });

  it("is the name itself wherever it is known, whatever the others", () => {
    const name = fc.string({ minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(name, fc.array(name), (typed, others) => {
        const found = closestMatch(typed, [...others, typed]);
        expect(found?.toLowerCase()).toBe(typed.toLowerCase());
      }),
    );
  });

  it("is found whichever letter was dropped, doubled or swapped", () => {
    const name = fc.string({ unit: fc.constantFrom("A", "B", "C", "_"), minLength: 6, maxLength: 20 });
    fc.assert(
      fc.property(name, fc.nat(), (known, at) => {
        const index = at % (known.length - 1);
        const [before, a, b] = [known.slice(0, index), known.charAt(index), known.charAt(index + 1)];
        const after = known.slice(index + 2);
        for (const typed of [before + b + after, before + a + a + b + after, before + b + a + after]) {
          expect(closestMatch(typed, [known])).toBe(known);
        }
      }),
    );
  });
});
