import * as fc from "fast-check";
import { type BadInput, canary } from "./kinds.ts";

const body = fc.oneof(
  fc.constantFrom(
    "",
    "null",
    "[]",
    "{}",
    "<html>vlcanary</html>",
    '{"data":null}',
    '{"data":{"data":null}}',
    '{"errors":["vlcanary"]}',
    '{"errors":',
  ),
  fc.json().map((json) => `{"data":{"data":${json},"note":"vlcanary"}}`),
  fc.jsonValue().map((json) => JSON.stringify({ data: json, wrap_info: "vlcanary", warnings: ["vlcanary"] })),
  fc
    .tuple(canary, fc.nat(64))
    .map(([held, at]) => JSON.stringify({ data: { data: { password: [held] } } }).slice(0, at)),
  fc.constant(`{"data":{"data":{"password":"${"x".repeat(70_000)}\\u0000"}}}`),
);

/** Answers that a vault should not give. */
export const answers: fc.Arbitrary<BadInput> = fc
  .record({
    status: fc.constantFrom(200, 200, 200, 204, 301, 400, 403, 404, 405, 412, 418, 429, 472, 473, 500, 503),
    body,
    type: fc.constantFrom("application/json", "text/html", "", "application/json; charset=latin1"),
  })
  .chain((answer) =>
    fc
      .constantFrom(["get", "DB"], ["get", "DB", "--json"], ["export", "DB"])
      .map((argv): BadInput => ({ argv, answer })),
  );
