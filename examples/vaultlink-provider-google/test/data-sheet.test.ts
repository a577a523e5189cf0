import { readFile } from "node:fs/promises";
import { badge, conformance, dataSheet, runAll } from "@vaultlink/testkit";
import { afterAll, expect, it } from "vitest";
import { SKIPS } from "./skips.ts";
import { startSubject } from "./subject.ts";

const subject = await startSubject();
afterAll(() => subject.stop());

/** A table as the formatter leaves it differs in blanks and dashes only. */
const plain = (text: string): string => text.replaceAll(/[\s-]+/g, " ").trim();

const textOf = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), "utf8");

it("the README's data sheet, and the badge among the known providers, are what the kit says", async () => {
  const results = await runAll(conformance(subject, { skip: SKIPS }));
  expect(plain(await textOf("../README.md"))).toContain(plain(dataSheet(results)));
  expect(await textOf("../../../docs/providers/badges/google.svg")).toBe(badge(results));
});
