import { findOpenBao } from "@vaultlink/stand-ins/openbao";
import { conforms } from "@vaultlink/test-support";
import { describe, it } from "vitest";
import { openBaoSubject } from "./openbao-subject.ts";
import { standInSubject } from "./stand-in-subject.ts";

const NO_BATCH = "The vault has no call for several documents.";
/** What this vault has not, wherever it runs. */
const NEITHER: Readonly<Record<string, string>> = {
  "returns bytes unchanged": "The vault stores JSON: binary values are base64 text, and stay it.",
  "`readMany` agrees with `read`, in order, one outcome each": NO_BATCH,
  "a failing item leaves its neighbours alone": NO_BATCH,
  "exactly `maxBatch` items": NO_BATCH,
  "duplicates and two names of one secret": NO_BATCH,
  "a whole-call fault rejects the call": NO_BATCH,
  "URLs are https or loopback": "The token of this subject opens no page; oidc.test.ts looks at those of OIDC.",
  "`parseIdentifier` never throws on 10,000 generated strings and round-trips its own":
    "A path in a vault has no form of its own by which it could be recognised.",
};
const ON_OPENBAO: Readonly<Record<string, string>> = {
  ...NEITHER,
  "neither importing nor creating loads the SDK": "The same package: shown on the stand-in.",
  "prints nothing in a process of its own, with `DEBUG=*`": "The same package: shown on the stand-in.",
  "`release` ends the lease": "Leases need a database; the stand-in has one.",
  "no write reaches the vault": "A real server does not report writes to its client; the stand-in fails on any.",
};

const standIn = await standInSubject();
describe("on the stand-in", () => {
  conforms(standIn, NEITHER);
});

const openbao = findOpenBao();
if ("missing" in openbao) {
  // With VAULTLINK_REQUIRE_BACKENDS a missing server has failed above.
  describe("on OpenBao", () => {
    it.skip(openbao.missing, () => undefined);
  });
} else {
  const real = await openBaoSubject();
  describe("on OpenBao", () => {
    conforms(real, ON_OPENBAO);
  });
}
