import { readFile, writeFile } from "node:fs/promises";
import { badge, conformance, runAll, withDataSheet } from "@vaultlink/testkit";
import { SKIPS } from "../test/skips.ts";
import { startSubject } from "../test/subject.ts";

const readme = new URL("../README.md", import.meta.url);
const image = new URL("../../../docs/providers/badges/google.svg", import.meta.url);
const subject = await startSubject();
const results = await runAll(conformance(subject, { skip: SKIPS }));
await writeFile(readme, withDataSheet(await readFile(readme, "utf8"), results));
await writeFile(image, badge(results));
await subject.stop();
for (const { name, failed } of results) if (failed !== undefined) console.error(`${name}: ${failed}`);
if (results.some(({ failed }) => failed !== undefined)) process.exitCode = 1;
