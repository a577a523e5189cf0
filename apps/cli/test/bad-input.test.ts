import { describe, expect, it } from "vitest";
import { attempt, type Expected, failure, LINKS } from "./attempt.ts";
import { openConnectedShell } from "./shell.ts";

const LINES: ReadonlyArray<readonly [string, Expected]> = [
  ["get DB_PASSWRD", [67, "No link is named DB_PASSWRD; did you mean DB_PASSWORD?", "vaultlink get DB_PASSWORD"]],
  ["get hcv://secret/../x#y", [64, "A reference has no . or .. segments.", "vaultlink link --help"]],
  ["get MALFORMED", [64, "MALFORMED: A reference has no empty path segments.", "vaultlink link --help"]],
  ["get other://secret/app/db#password", [67, "No connection is named other.", "vaultlink connect"]],
  ["get ELSEWHERE", [67, "ELSEWHERE: No connection is named other.", "vaultlink connect"]],
  ["get DECLARED", [67, "DECLARED: The name has no reference yet.", "vaultlink relink DECLARED"]],
  ["get OFF", [67, "OFF: The link is disabled."]],
  [
    "get FENCED",
    [
      79,
      "FENCED: This link is for certain domains only, and where the value goes is not known here.",
      "Add --any-domain if you take care of where it goes",
    ],
  ],
  ["get", [64, "vaultlink get needs <name|reference>.", "vaultlink get --help"]],
  ["get A B", [64, "vaultlink get takes 1 argument at most; one with spaces needs quotes.", "vaultlink get --help"]],
  [
    "get A --token=vlcanary-typed",
    [64, "A credential is not taken from the command line, where others can read it.", "vaultlink get --help"],
  ],
  [
    "connect hashicorp hcv --token=vlcanary-typed",
    [
      64,
      "A credential is not taken from the command line, where others can read it.",
      "Wait to be asked, or pipe it in with --token-stdin",
    ],
  ],
  [
    "connect hashicorp hcv --token vlcanary-typed",
    [
      64,
      "A credential is not taken from the command line, where others can read it.",
      "Wait to be asked, or pipe it in with --token-stdin",
    ],
  ],
  [
    "connect hashicorp hcv --token-stdin",
    [64, "Standard input is empty, but --token-stdin reads a credential from it."],
  ],
  ["connect hashicorp hcv --kv-version two", [64, "--kv-version is a whole number."]],
  [
    "connect hashicorp hcv --method magic",
    [64, "--method is one of token, approle, userpass, ldap, jwt, kubernetes, oidc, cert, aws, agent, wrapped."],
  ],
  [
    "connect hashicorp HCV",
    [64, "A connection's name holds lower-case letters, digits and hyphens, and is not http or https."],
  ],
  ["connect hashicrp", [78, "There is no such provider; did you mean hashicorp?", "vaultlink connect hashicorp"]],
  ["reauth hvc", [67, "No connection is named hvc; did you mean hcv?", "vaultlink reauth hcv"]],
  ["disconnect hcv", [64, "Nobody is here to agree.", "vaultlink disconnect hcv --yes"]],
  ["disconnect", [64, "Name a connection, or a link of it with --link.", "vaultlink status"]],
  [
    "link DB_PASSWORD hcv://secret/app/db#username",
    [78, "DB_PASSWORD: This name is linked already.", "vaultlink relink DB_PASSWORD"],
  ],
  ["link NEW nope://x", [67, "No connection is named nope.", "vaultlink connect"]],
  ["link NEW hcv://", [64, "A reference has no empty path segments.", "vaultlink link --help"]],
  [
    "link 1NEW hcv://secret/app/db",
    [64, "A link's name begins with a letter or _ and holds letters, digits, _ . and -.", "vaultlink link --help"],
  ],
  ["relink DB_PASSWORD nope://x", [67, "No connection is named nope.", "vaultlink connect"]],
  [
    "relink DB_PASSWORD hcv://secret/app/nothing#x",
    [
      66,
      "DB_PASSWORD: The vault has no such secret. Its reference is hcv://secret/app/nothing#x.",
      "vaultlink search hcv",
    ],
  ],
  ["relink DB_PASSWORD", [64, "There is no new reference.", "vaultlink relink --help"]],
  ["relink NOTHING hcv://secret/app/db", [67, "No link is named NOTHING.", "vaultlink list"]],
  ["unlink NOTHING", [67, "No link is named NOTHING.", "vaultlink list"]],
  ["cache reset NOTHING", [67, "No link is named NOTHING.", "vaultlink list"]],
  ["get vlcanary-pasted", [67, "No link has this name.", "vaultlink list"]],
  ["export --only DB_PASSWORD,NOTHING", [67, "No link is named NOTHING (name 2 of --only).", "vaultlink list"]],
  ["run --only vlcanary-pasted -- true", [67, "No link has this name (name 1 of --only).", "vaultlink list"]],
  ["run", [64, "There is no command to run.", "vaultlink run -- <command>"]],
  ["run --", [64, "There is no command to run.", "vaultlink run -- <command>"]],
  [
    "run --only not-a-variable -- true",
    [
      78,
      "not-a-variable: No environment variable can have this name: letters, digits and _ only.",
      "vaultlink unlink not-a-variable, or run --only <names>",
    ],
  ],
  ["run --only DB_PASSWORD -- /no/such/command", [127, "There is no command /no/such/command."]],
  [
    "cache ttl -1",
    [
      64,
      'A TTL is a number of whole minutes up to a year, or such as "90m" or "2h"; 0 keeps nothing.',
      "vaultlink cache ttl 60",
    ],
  ],
  [
    "cache ttl 1.5",
    [
      64,
      'A TTL is a number of whole minutes up to a year, or such as "90m" or "2h"; 0 keeps nothing.',
      "vaultlink cache ttl 60",
    ],
  ],
  [
    "cache ttl NaN",
    [
      64,
      'A TTL is a number of whole minutes up to a year, or such as "90m" or "2h"; 0 keeps nothing.',
      "vaultlink cache ttl 60",
    ],
  ],
  [
    "cache ttl 1e9",
    [
      64,
      'A TTL is a number of whole minutes up to a year, or such as "90m" or "2h"; 0 keeps nothing.',
      "vaultlink cache ttl 60",
    ],
  ],
  ["cache reset --connection nope", [67, "No connection is named nope.", "vaultlink status"]],
  [
    "set DB_PASSWORD",
    [64, "vaultlink never writes a secret; change it at its vault, then reset the cache.", "vaultlink cache reset"],
  ],
  ["gte", [64, "There is no command gte; did you mean get?", "vaultlink get --help"]],
  ["connect op", [78, "There is no such provider; did you mean 1password?", "vaultlink connect 1password"]],
  ["connect vault", [78, "There is no such provider; did you mean hashicorp?", "vaultlink connect hashicorp"]],
  ["completion tcsh", [64, "Completion is there for bash, zsh and fish.", "vaultlink completion bash"]],
];

describe("what is typed wrongly", () => {
  // Nothing may print a fake secret, a test's title included.
  it.each(LINES.map(([line, expected]) => [line.replace(/vlcanary-\S+/, "…"), line, expected] as const))(
    "%s",
    async (_title, line, expected) => {
      const { shell } = await openConnectedShell(LINKS);
      expect(await attempt(shell, line.split(" "))).toEqual(failure(expected));
    },
  );
});
