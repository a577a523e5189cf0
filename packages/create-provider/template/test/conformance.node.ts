import { after, test } from "node:test";
import { conformance, toNodeTest } from "@vaultlink/testkit";
import { SKIPS } from "./skips.ts";
import { startSubject } from "./subject.ts";

const subject = await startSubject();
after(() => subject.stop());
toNodeTest(conformance(subject, { skip: SKIPS }), test);
