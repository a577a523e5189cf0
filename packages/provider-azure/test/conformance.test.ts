import { conforms } from "@vaultlink/test-support";
import type { Skips } from "@vaultlink/testkit";
import { describe, it } from "vitest";
import { realSubject } from "./real-subject.ts";
import { findRealVault } from "./real-vault.ts";
import { standInSubject } from "./stand-in-subject.ts";

/** What this vault has not, wherever it runs. */
const NEITHER: Skips = {
  "`version` fails where `read` does":
    "A version that is named by its id is told without asking, since it never changes; whether it exists, reading tells.",
  "`renew` moves the lapse": "What can be renewed without a person renews inside the session.",
  "`release` ends the lease": "Key Vault lends nothing: reading creates no credential.",
  "`revoke` ends the credential at the vault": "Entra has no call that ends an access token: it ends by time.",
  "URLs are https or loopback": "The kit's person opens no page; credentials/person.test.ts has one who does.",
};

const UNREPORTED = "A real server does not report requests to its client: shown on the stand-in.";
const ONE_IDENTITY = "One application is given, which may read and list everything: shown on the stand-in.";
const SHOWN = "The same package: shown on the stand-in.";
const ON_A_REAL_VAULT: Skips = {
  ...NEITHER,
  "an empty value is a value": "Whether a key vault takes an empty value is not known: shown on the stand-in.",
  "one read is one attempt": UNREPORTED,
  "`requests` counts what reached the vault": UNREPORTED,
  "an impossible locator is `invalid_reference` without a request": UNREPORTED,
  "`not_found`, `denied` and `unavailable` stay apart": ONE_IDENTITY,
  "refused listing leaves `read` working": ONE_IDENTITY,
  "a refused listing is `denied`": ONE_IDENTITY,
  "what another identity read stays theirs": ONE_IDENTITY,
  "neither importing nor creating loads the SDK": SHOWN,
  "neither importing nor creating reaches out": SHOWN,
  "prints nothing in a process of its own, with `DEBUG=*`": SHOWN,
};

const standIn = await standInSubject();
describe("on the stand-in", () => {
  conforms(standIn, NEITHER);
});

const given = findRealVault();
if ("missing" in given) {
  describe("on a key vault somewhere", () => {
    it.skip(given.missing, () => undefined);
  });
} else {
  const real = await realSubject(given);
  describe("on a key vault somewhere", () => {
    conforms(real, ON_A_REAL_VAULT);
  });
}
