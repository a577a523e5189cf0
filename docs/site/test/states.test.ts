import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LinkStatus, UnresolvedReason } from "@vaultlink/core";
import { expect, it } from "vitest";
import { SITE } from "./kit/copy.ts";

/** What a link's state can be shown as. A reason that core adds does not compile without its row here. */
const STATES: Readonly<Record<Exclude<LinkStatus["state"], "unresolved"> | UnresolvedReason, true>> = {
  resolved: true,
  unknown: true,
  unlinked: true,
  "unknown-connection": true,
  "not-authenticated": true,
  expired: true,
  disconnected: true,
  disabled: true,
  untrusted: true,
  mismatch: true,
  "domain-blocked": true,
  forbidden: true,
  "not-found": true,
  unusable: true,
  denied: true,
  unreachable: true,
  throttled: true,
  invalid: true,
};

it("the page How it works explains every state of a link", async () => {
  const page = await readFile(join(SITE, "src/content/docs/guides/how-it-works.mdx"), "utf8");
  const [, section = ""] = page.split("\n## States\n");
  const cells = [...(section.split("\n## ")[0] ?? "").matchAll(/^\| (`[^|]*`) +\|/gm)].map(([, cell = ""]) => cell);
  const shown = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, state = ""]) => state));
  expect(shown.toSorted()).toEqual(Object.keys(STATES).toSorted());
});
