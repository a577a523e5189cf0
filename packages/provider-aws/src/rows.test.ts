import { expect, it } from "vitest";
import { findRow, ROWS } from "./rows.ts";
import type { Row } from "./rows/row.ts";

/** Every failure that a row names, in its own words. */
function* namedBy(row: Row): Generator<Parameters<typeof findRow>> {
  for (const during of row.during ?? (["read"] as const)) {
    for (const name of row.names ?? [undefined]) {
      for (const code of row.codes ?? [undefined]) {
        for (const status of row.status ?? [undefined]) {
          for (const via of row.via ?? (during === "lookup" ? (["keys"] as const) : [undefined])) {
            for (const text of row.says ?? [""]) {
              const answered = row.unnamed && { status: 418 };
              const native = { ...(name && { name }), ...(code && { code }), ...(status && { status }) };
              yield [{ text, ...answered, ...native, ...(via && { via }) }, during];
            }
          }
        }
      }
    }
  }
}

it.each(ROWS.map((row) => [row.message, row] as const))("no row before it hides: %s", (_, row) => {
  for (const [seen, during] of namedBy(row)) expect(findRow(seen, during)).toBe(row);
});

it("leaves what it does not know to be internal", () => {
  expect(
    findRow({ name: "TypeError", code: "ERR_INVALID_ARG_TYPE", text: "a defect of ours" }, "read"),
  ).toBeUndefined();
});
