import { conformance, type Subject } from "@vaultlink/testkit";
import { afterAll, describe, it } from "vitest";
import { standInSubject } from "./stand-in-subject.ts";

const NO_BATCH = "Key Vault has no call for several secrets.";
/** What this vault has not, wherever it runs. */
const NEITHER: Readonly<Record<string, string>> = {
  "`readMany` agrees with `read`, in order, one outcome each": NO_BATCH,
  "a failing item leaves its neighbours alone": NO_BATCH,
  "exactly `maxBatch` items": NO_BATCH,
  "duplicates and two names of one secret": NO_BATCH,
  "a whole-call fault rejects the call": NO_BATCH,
  "`renew` moves the lapse": "What can be renewed without a person renews inside the session.",
  "`release` ends the lease": "Key Vault lends nothing: reading creates no credential.",
  "`revoke` ends the credential at the vault": "Entra has no call that ends an access token: it ends by time.",
  "URLs are https or loopback": "The kit's person opens no page; credentials/person.test.ts has one who does.",
};

type Started = Subject & { stop(): Promise<void> };

function conforms(subject: Started, skips: Readonly<Record<string, string>>): void {
  afterAll(() => subject.stop());
  for (const { group, name, skip, run } of conformance(subject, { skip: skips })) {
    if (skip === undefined) it(`${group}: ${name}`, run);
    else it.skip(`${group}: ${name} (${skip})`, run);
  }
}

const standIn = await standInSubject();
describe("on the stand-in", () => {
  conforms(standIn, NEITHER);
});
