import { conforms } from "@vaultlink/test-support";
import { describe } from "vitest";
import { connectSubject } from "./subject.ts";

/** What a Connect server has not. */
const SKIPS: Readonly<Record<string, string>> = {
  "reads a pinned version": "1Password's references name no versions: an item has its newest one only.",
  "refused listing leaves `read` working":
    "Reading by name needs the same lists as listing does: a token may do both, in a vault, or neither.",
  "`renew` moves the lapse": "A Connect server's token is not renewed: whoever made it makes another.",
  "`release` ends the lease": "1Password lends nothing: reading creates no credential.",
  "`revoke` ends the credential at the vault": "The token is handed over, not obtained: whoever made it revokes it.",
  "URLs are https or loopback": "Signing in at a Connect server opens no page.",
};

const subject = await connectSubject();
describe("on the stand-in for a Connect server", () => {
  conforms(subject, SKIPS);
});
