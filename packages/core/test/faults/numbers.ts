import { parseJson, type SecretDocument } from "../../src/provider.ts";
import { world } from "../fixture.ts";
import type { Row } from "./row.ts";

/** What `c://x#n` gives while the document holds that. */
async function field(value: SecretDocument["value"], pointer = "n"): Promise<string> {
  const { text } = world({ login: { identity: "A", read: async () => ({ value }) } });
  return text(`c://x#${pointer}`);
}

const NUMBERS = [
  ...["12345678901234567890", "-9007199254740993", "0.10", "1.0", "1e3", "1E+2", "1e400", "-0", "0.1e-6", "5432"],
  ...["123456789012345678901234567890.123456789012345678901234567890", "1e-400", "100000000000000000000000"],
];

export const NUMBER_ROWS: readonly Row[] = [
  ...NUMBERS.flatMap((digits): Row[] => {
    const json = `{"n":${digits},"list":[0,{"n":${digits}}]}`;
    const row = (what: string, act: () => unknown): Row => ({
      kind: "C2",
      what: `${digits} ${what}`,
      act,
      right: digits,
    });
    return [
      row("in a text", () => field(json)),
      row("in bytes", () => field(new TextEncoder().encode(json))),
      row("inside a list", () => field(json, "/list/1/n")),
      row("in a map that parseJson gave", () => field(parseJson(json) as Record<string, unknown>)),
    ];
  }),
  {
    kind: "C2",
    what: "numbers that a provider made itself",
    act: () => field({ n: 1e21 }),
    right: "1e+21",
  },
  { kind: "C2", what: "the last of two members of one name", act: () => field('{"n":1.0,"n":2.0}'), right: "2.0" },
  {
    kind: "C2",
    what: "a member named __proto__",
    act: () => field('{"__proto__":{"n":1.0}}', "/__proto__/n"),
    right: "1.0",
  },
  {
    kind: "C2",
    what: "a member that __proto__ would lend",
    act: () => field('{"__proto__":{"n":1.0}}'),
    right: "unusable: The secret has no such field; there are: __proto__.",
  },
  {
    kind: "C2",
    what: "parseJson gives other numbers as numbers",
    act: () => parseJson('{"lease_duration":3600,"ratio":0.5}'),
    right: { lease_duration: 3600, ratio: 0.5 },
  },
  {
    kind: "C2",
    what: "half of a surrogate pair in a field",
    act: () => field('{"n":"\\ud800"}'),
    right: "unusable: The field is not valid Unicode text.",
  },
  {
    kind: "C2",
    what: "half of a surrogate pair in a document",
    act: async () => {
      const { text } = world({ login: { identity: "A", read: async () => ({ value: "vlcanary-\ud800" }) } });
      return text("c://x");
    },
    right: "unusable: The secret is not valid Unicode text.",
  },
  {
    kind: "C2",
    what: "a document that is nested deeper than the stack",
    act: () => field(`{"n":"vlcanary","deep":${"[".repeat(50_000)}${"]".repeat(50_000)}}`),
    right: "vlcanary",
  },
];
