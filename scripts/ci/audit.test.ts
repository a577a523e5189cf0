import { expect, test } from "vitest";

import { judge } from "./audit.ts";

const report = (counts: Record<string, number>): string => JSON.stringify({ metadata: { vulnerabilities: counts } });

test("a clean report passes, a finding fails and is counted", () => {
  expect(judge(report({ info: 0, low: 0, moderate: 0, high: 0, critical: 0 })).ok).toBe(true);
  expect(judge(report({ low: 0, moderate: 2, high: 1, critical: 0 }))).toEqual({
    ok: false,
    line: "Known vulnerabilities: 2 moderate, 1 high. To see them: pnpm audit",
  });
});

test("a registry without an audit endpoint passes, and that is said with the code only", () => {
  const error = {
    code: "ERR_PNPM_AUDIT_BAD_RESPONSE",
    message: "The audit endpoint (at https://host.invalid) responded",
  };
  expect(judge(JSON.stringify({ error }))).toEqual({
    ok: true,
    line: "Not audited: the registry does not answer audits (ERR_PNPM_AUDIT_BAD_RESPONSE).",
  });
});

test.each(["", "not JSON", "{}", "null"])("%j is no report, so nothing is proved", (printed) => {
  expect(judge(printed).ok).toBe(false);
});
