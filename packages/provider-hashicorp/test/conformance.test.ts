import { findOpenBao } from "@vaultlink/stand-ins/openbao";
import { conforms } from "@vaultlink/test-support";
import type { Skips } from "@vaultlink/testkit";
import { describe, it } from "vitest";
import { openBaoSubject } from "./openbao-subject.ts";
import { standInSubject } from "./stand-in-subject.ts";

/** What this vault has not, wherever it runs. */
const NEITHER: Skips = {
  "returns bytes unchanged": "The vault stores JSON: binary values are base64 text, and stay it.",
  "`state` tells what cannot be given": "A listing of the key/value store tells names, and nothing about versions.",
  "URLs are https or loopback": "The token of this subject opens no page; oidc.test.ts looks at those of OIDC.",
};
const SHOWN = "The same package: shown on the stand-in.";
const ON_OPENBAO: Skips = {
  ...NEITHER,
  "neither importing nor creating loads the SDK": SHOWN,
  "neither importing nor creating reaches out": SHOWN,
  "prints nothing in a process of its own, with `DEBUG=*`": SHOWN,
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
