import { conformance, toVitest } from "@vaultlink/testkit";
import { afterAll, describe, it } from "vitest";
import { SKIPS } from "../template/test/skips.ts";
import { startSubject } from "../template/test/subject.ts";

const started = await startSubject();
afterAll(() => started.stop());

describe("the template, from the workspace's sources", () => {
  const fresh = {
    module: new URL("../template/test/fresh.ts", import.meta.url),
    sdk: [],
    nodeOptions: ["--conditions=source"],
  };
  toVitest(conformance({ ...started, fresh }, { skip: SKIPS }), it);
});
