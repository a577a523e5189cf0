import * as fc from "fast-check";
import { answers } from "./answers.ts";
import { files } from "./files.ts";
import { type BadInput, canary, GOOD } from "./kinds.ts";

const piece = fc.oneof(
  fc.constantFrom(
    "/",
    "//",
    "#",
    "?",
    "&",
    "=",
    "..",
    "%",
    "%2",
    "%00",
    "%zz",
    "~",
    "~2",
    ":",
    "\n",
    "\u001b[2J",
    "\u202e",
    " ",
  ),
  fc.constantFrom("secret", "app", "version=1", "password", "é", "💥", "x".repeat(300)),
  canary,
);

/** References, right and wrong. */
const reference = fc
  .tuple(
    fc.constantFrom("hcv://", "hcv:", "nope://", "://", "", "HCV://", "arn:aws:", "https://"),
    fc.array(piece, { maxLength: 8 }),
  )
  .map(([scheme, pieces]) => `${scheme}${pieces.join("")}`);

const name = fc.oneof(
  fc.constantFrom("DB", "NONE", "OFF", "GONE", "FENCED", "D-B", "", "-", "--", "1"),
  canary,
  reference,
);

const flag = fc.oneof(
  fc.constantFrom(
    "--json",
    "--raw",
    "--base64",
    "--no-newline",
    "--refresh",
    "--any-domain",
    "--check",
    "--user",
    "--yes",
  ),
  fc.constantFrom(
    "--json=false",
    "--no-json",
    "--raw=maybe",
    "--only",
    "--only=",
    "--format",
    "--format=xml",
    "-x",
    "---",
    "--=",
    "-",
  ),
  fc.constantFrom(
    "--token=vlcanary-t",
    "--password",
    "--watch=often",
    "--watch-every=0",
    "--mask=no",
    "--connection=nope",
    "-o/nope/x",
  ),
);

const command = fc.constantFrom(
  ...[["get"], ["explain"], ["link"], ["link", "NEW"], ["relink", "DB"], ["relink"], ["unlink"], ["list"], ["status"]],
  ...[["cache", "reset"], ["cache", "ttl"], ["cache"], ["disconnect"], ["reauth"], ["logout"], ["export"], ["trust"]],
  ...[
    ["doctor"],
    ["inject", "-i"],
    ["inject", "-o"],
    ["run", "--env-file"],
    ["run", "--dotenv"],
    ["search", "hcv"],
    ["completion"],
    ["run"],
    ["run", "--"],
    ["run", "--only"],
    ["connect"],
    ["connect", "hashicorp"],
  ],
  ...[["connect", "hashicorp", "x", "--address"], ["agent", "what"], ["gte"], ["set"], [""], ["help"]],
);

const commandLine = fc
  .tuple(command, fc.array(fc.oneof({ weight: 2, arbitrary: name }, flag), { maxLength: 3 }))
  .map(([words, rest]): BadInput => ({ argv: [...words, ...rest], answer: GOOD }));

const referenceOnly = fc
  .tuple(fc.constantFrom(["get"], ["explain", "--check"], ["link", "NEW"], ["relink", "DB"]), reference)
  .map(([words, text]): BadInput => ({ argv: [...words, text], answer: GOOD }));

/** All of it. */
export const badInput: fc.Arbitrary<BadInput> = fc.oneof(
  { weight: 4, arbitrary: commandLine },
  { weight: 3, arbitrary: referenceOnly },
  { weight: 3, arbitrary: files },
  { weight: 2, arbitrary: answers },
);
