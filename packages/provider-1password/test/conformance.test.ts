import { conforms } from "@vaultlink/test-support";
import type { Skips } from "@vaultlink/testkit";
import { describe } from "vitest";
import { standInSubject } from "./stand-in-subject.ts";

const ONE_VERSION = "1Password's references name no versions: an item has its newest one only.";
const NO_LIST_ALONE =
  "Reading by name needs the same lists as listing does: a service account may do both, in a vault, or neither.";
const BATCH = "The SDK's call for several secrets asks the server once for each of them.";
/** What this vault has not. */
const SKIPS: Skips = {
  "`version` agrees with `read`":
    "A read tells no version, since the SDK resolves a reference without one: a watch compares `version` with `version`.",
  "`version` fails where `read` does": "What is inside an item is not looked at for its version.",
  "reads a pinned version": ONE_VERSION,
  "a version that does not exist is refused": ONE_VERSION,
  "`readMany` reads pinned versions": ONE_VERSION,
  "a batch costs less than single reads": BATCH,
  "refused listing leaves `read` working": NO_LIST_ALONE,
  "a refused listing is `denied`": NO_LIST_ALONE,
  "`renew` moves the lapse": "A service account's token is not renewed: whoever made it makes another.",
  "`release` ends the lease": "1Password lends nothing: reading creates no credential.",
  "`revoke` ends the credential at the vault": "The token is handed over, not obtained: whoever made it revokes it.",
  "plain HTTP to another machine is refused":
    "No address is given: the SDK finds it in the token, which 1Password makes with `https`.",
  "URLs are https or loopback": "Signing in with a service account opens no page.",
};

const subject = await standInSubject();
describe("on the stand-in", () => {
  conforms(subject, SKIPS);
});
