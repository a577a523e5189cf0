import { conforms } from "@vaultlink/test-support";
import { describe } from "vitest";
import { standInSubject } from "./stand-in-subject.ts";

/** What this vault has not. */
const SKIPS: Readonly<Record<string, string>> = {
  "reads a pinned version": "1Password's references name no versions: an item has its newest one only.",
  "refused listing leaves `read` working":
    "Reading by name needs the same lists as listing does: a service account may do both, in a vault, or neither.",
  "`renew` moves the lapse": "A service account's token is not renewed: whoever made it makes another.",
  "`release` ends the lease": "1Password lends nothing: reading creates no credential.",
  "`revoke` ends the credential at the vault": "The token is handed over, not obtained: whoever made it revokes it.",
  "URLs are https or loopback": "Signing in with a service account opens no page.",
};

const subject = await standInSubject();
describe("on the stand-in", () => {
  conforms(subject, SKIPS);
});
