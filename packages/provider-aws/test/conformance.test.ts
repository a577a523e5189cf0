import { findMoto } from "@vaultlink/stand-ins/moto";
import { conforms } from "@vaultlink/test-support";
import type { Skips } from "@vaultlink/testkit";
import { describe, it } from "vitest";
import { motoSubject } from "./moto-subject.ts";
import { standInSubject } from "./stand-in-subject.ts";

/** What this vault has not, wherever it runs. */
const NEITHER: Skips = {
  "`version` fails where `read` does":
    "A version that is named by its id is told without asking, since it never changes; whether it exists, reading tells.",
  "an empty value is a value": "Secrets Manager takes no empty value: 1 to 65,536 bytes.",
  "what it yields can be read":
    "A secret that has no value yet is listed, and reading it is answered as for a missing one: nothing tells them apart.",
  "a wrong secret is refused after a right one":
    "Neither moto nor the stand-in checks signatures: any secret key of a known id gets in.",
  "`renew` moves the lapse":
    "What can be renewed without a person renews inside the session; what cannot lapses with it.",
  "`release` ends the lease": "Secrets Manager lends nothing: reading creates no credential.",
  "`revoke` ends the credential at the vault": "STS has no call that ends a session: it ends by time.",
  "URLs are https or loopback": "Signing in opens no page: SSO and `aws login` are signed in with AWS's own command.",
};
const ALL_MAY = "moto lets everybody in and read everything; the stand-in has policies.";
const SHOWN = "The same package: shown on the stand-in.";
const ON_MOTO: Skips = {
  ...NEITHER,
  "`not_found`, `denied` and `unavailable` stay apart": ALL_MAY,
  "refused listing leaves `read` working": ALL_MAY,
  "a refused listing is `denied`": ALL_MAY,
  "what another identity read stays theirs": ALL_MAY,
  "neither importing nor creating loads the SDK": SHOWN,
  "neither importing nor creating reaches out": SHOWN,
  "prints nothing in a process of its own, with `DEBUG=*`": SHOWN,
};

const standIn = await standInSubject();
describe("on the stand-in", () => {
  conforms(standIn, NEITHER);
});

const moto = findMoto();
if ("missing" in moto) {
  // With VAULTLINK_REQUIRE_BACKENDS a missing server has failed above.
  describe("on moto", () => {
    it.skip(moto.missing, () => undefined);
  });
} else {
  const real = await motoSubject();
  describe("on moto", () => {
    conforms(real, ON_MOTO);
  });
}
