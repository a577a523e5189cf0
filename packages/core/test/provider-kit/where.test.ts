import { expect, it } from "vitest";
import { whereFacts } from "../../src/provider.ts";

it.each([
  ["an option", { option: "one" }, [{ what: "x", value: "one" }]],
  ["an option before variables", { option: "one", variables: ["A"] }, [{ what: "x", value: "one" }]],
  ["several values", { option: ["one", "two"] }, [{ what: "x", value: "one two" }]],
  ["the first variable that holds something", { variables: ["NONE", "BLANK", "B", "A"] }, [from("B", "of b")]],
  ["nothing", { variables: ["NONE"] }, []],
  ["an empty option", { option: "" }, []],
])("which vault it is, from %s", (_what, field, right) => {
  const env = { A: "of a", B: " of b ", BLANK: " " };
  expect(whereFacts(env, [{ what: "x", option: undefined, ...field }])).toEqual(right);
});

function from(variable: string, value: string): object {
  return { what: "x", value, variable };
}
