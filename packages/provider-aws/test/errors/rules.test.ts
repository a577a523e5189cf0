import type { NetworkFault } from "@vaultlink/core/provider";
import { expect, it } from "vitest";
import type { AwsErrorRule } from "../../src/errors/error-rule.ts";
import { ERROR_RULES, findRule } from "../../src/errors.ts";

/** A code of each fault of the network. */
const CODES: Readonly<Record<NetworkFault["kind"], string>> = {
  certificate: "CERT_HAS_EXPIRED",
  "unknown-host": "ENOTFOUND",
  refused: "ECONNREFUSED",
  "timed-out": "ETIMEDOUT",
  proxy: "ERR_PROXY_TUNNEL",
  tls: "EPROTO",
  broken: "ECONNRESET",
  unreachable: "EHOSTUNREACH",
};

/** Every failure that a rule names, in its own words. */
function* namedBy(rule: AwsErrorRule): Generator<Parameters<typeof findRule>> {
  for (const during of rule.during ?? (["read"] as const)) {
    for (const name of rule.names ?? [undefined]) {
      for (const code of rule.codes ?? rule.network?.map((kind) => CODES[kind]) ?? [undefined]) {
        for (const status of rule.status ?? [undefined]) {
          for (const via of rule.via ?? (during === "lookup" ? (["keys"] as const) : [undefined])) {
            for (const text of rule.says ?? [""]) {
              const answered = rule.unnamed && { status: 418 };
              const native = { ...(name && { name }), ...(code && { code }), ...(status && { status }) };
              yield [{ text, ...answered, ...native, ...(via && { via }) }, during];
            }
          }
        }
      }
    }
  }
}

it.each(ERROR_RULES.map((rule) => [rule.message, rule] as const))("no rule before it hides: %s", (_, rule) => {
  for (const [error, during] of namedBy(rule)) expect(findRule(error, during)).toBe(rule);
});

it("leaves what it does not know to be internal", () => {
  expect(
    findRule({ name: "TypeError", code: "ERR_INVALID_ARG_TYPE", text: "a defect of ours" }, "read"),
  ).toBeUndefined();
});
