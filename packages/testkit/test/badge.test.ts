import { describe, expect, it } from "vitest";
import { badge, type CaseResult } from "../src/index.ts";

const passed: CaseResult = { group: "read", name: "reads what exists" };
const skipped: CaseResult = { group: "read", name: "returns bytes unchanged", skipped: "Texts only." };
const failed: CaseResult = { group: "list", name: "yields metadata only", failed: "It yields a value." };

describe("a badge", () => {
  it("says how many cases pass of all", () => {
    expect(badge([passed, skipped])).toContain("vaultlink conformance: 1 of 2");
  });

  it("is another colour, and no number of passes, where one fails", () => {
    expect(badge([passed, failed])).toContain("vaultlink conformance: 1 fail");
    expect(badge([passed, failed])).not.toContain("#2e7d32");
  });

  it("is not earned by cases that do not apply", () => {
    expect(badge([skipped])).not.toContain("#2e7d32");
  });
});
