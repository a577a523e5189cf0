import { expect, it } from "vitest";
import { placeIn } from "./place.ts";

const TEXT = '{\r\n  // a comment\r\n  "links": {\r\n    "A": null,\r\n    "__proto__": null\r\n  }\r\n}';

it.each([
  [["links"], 3],
  [["links", "A"], 4],
  [["links", "__proto__"], 5],
  [["links", "B"], undefined],
  [["no", "A"], undefined],
])("%j stands in line %s", (keys, line) => {
  const expected = line === undefined ? { file: "f" } : { file: "f", line };
  expect(placeIn({ file: "f", text: TEXT }, keys)).toEqual(expected);
  expect(placeIn({ file: "f", text: `\ufeff${TEXT}` }, keys)).toEqual(expected);
});

it("of a file that is not there nothing is known", () => {
  expect(placeIn({ file: "f", text: undefined }, ["links"])).toEqual({ file: "f" });
});
