import * as fc from "fast-check";
import { type BadInput, canary, GOOD } from "./kinds.ts";

/** Values that a key of a file may not have. */
const wrong = fc.oneof(
  canary,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
  fc.constant([null]),
  fc.double(),
);

const content = fc.oneof(
  fc.record(
    {
      version: fc.oneof(fc.constant(1), wrong),
      links: fc.oneof(wrong, fc.dictionary(fc.constantFrom("A", "DB", "1x"), wrong)),
    },
    { requiredKeys: [] },
  ),
  fc.record({
    version: fc.constant(1),
    connections: fc.oneof(wrong, fc.dictionary(fc.constantFrom("hcv", "HCV", "https"), wrong)),
  }),
  fc.record({
    version: fc.constant(1),
    connections: fc.record({
      hcv: fc.record(
        {
          provider: fc.oneof(fc.constantFrom("hashicorp", "hashicrp"), wrong),
          address: wrong,
          auth: wrong,
          maxSession: wrong,
          kvVersion: wrong,
        },
        { requiredKeys: ["provider"] },
      ),
    }),
  }),
  fc.record(
    {
      version: fc.constant(1),
      cache: fc.oneof(wrong, fc.record({ ttl: wrong, staleOnError: wrong })),
      agent: wrong,
      disconnected: wrong,
      allowedNames: wrong,
    },
    { requiredKeys: ["version"] },
  ),
);

/** Text of a file: wrong content, cut or disturbed JSON, or none at all. */
const text = fc.oneof(
  content.map((one) => JSON.stringify(one)),
  fc.tuple(content, fc.nat(200)).map(([one, at]) => JSON.stringify(one).slice(0, at)),
  fc.tuple(content, fc.nat(200), fc.constantFrom("\u0000", "}", ",", "//", "\ud800", "/*")).map(([one, at, held]) => {
    const whole = JSON.stringify(one, null, 1);
    return `${whole.slice(0, at)}${held}${whole.slice(at)}`;
  }),
  canary,
  fc.constantFrom(
    "",
    " ",
    "[]",
    "null",
    '{"version":1,"version":1}',
    '{"version":1,"__proto__":{}}',
    `{"version":1,"links":${"[".repeat(2000)}`,
  ),
);

/** Configuration files that are wrong in some way. */
export const files: fc.Arbitrary<BadInput> = fc
  .tuple(
    fc.constantFrom(
      ["get", "DB"],
      ["list"],
      ["status", "--check"],
      ["doctor"],
      ["link", "X", "hcv://a#b"],
      ["cache", "ttl", "5"],
    ),
    text,
    fc.boolean(),
  )
  .map(([argv, held, own]): BadInput => ({ argv, answer: GOOD, ...(own ? { user: held } : { project: held }) }));
