import { readFile } from "node:fs/promises";
import { conformance, dataSheet, runAll } from "@vaultlink/testkit";
import { afterAll, expect, it } from "vitest";
import { SKIPS } from "./skips.ts";
import { startSubject } from "./subject.ts";

const subject = await startSubject();
afterAll(() => subject.stop());

/** A table as the formatter leaves it differs in blanks and dashes only. */
const plain = (text: string): string => text.replaceAll(/[\s-]+/g, " ").trim();

it("the README's data sheet is what the kit says", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const sheet = dataSheet(await runAll(conformance(subject, { skip: SKIPS })));
  expect(plain(readme)).toContain(plain(sheet));
});
