import { describe, expect, it } from "vitest";
import { conformance, type Skips } from "../src/index.ts";
import { memorySubject } from "./memory-subject.ts";
import { SKIP } from "./skip.ts";

describe("the memory provider", () => {
  const cases = conformance(memorySubject(), { skip: SKIP });
  for (const { group, name, skip, run } of cases) {
    (skip === undefined ? it : it.skip)(`${group}: ${name}${skip === undefined ? "" : ` (${skip})`}`, run);
  }
});

describe("skipping", () => {
  it("needs a reason", () => {
    expect(() => conformance(memorySubject(), { skip: { "declined = `aborted`": " " } })).toThrow("needs a reason");
  });

  it("needs a case that exists", () => {
    expect(() => conformance(memorySubject(), { skip: { "no such case": "why" } as Skips })).toThrow("no case");
  });

  it("is needed where the subject lacks what a case is about", async () => {
    const { denied: _, ...subject } = memorySubject();
    const lacking = conformance(subject).find(({ name }) => name.includes("stay apart"));
    await expect(lacking?.run()).rejects.toThrow("`denied`");
  });
});
