import { conformance, toVitest } from "@vaultlink/testkit";
import { afterAll, describe, it } from "vitest";
import { SKIPS } from "./skips.ts";
import { startSubject } from "./subject.ts";

const subject = await startSubject();
afterAll(() => subject.stop());

describe("Google Secret Manager", () => {
  toVitest(conformance(subject, { skip: SKIPS }), it);
});
