import { writeFileSync } from "node:fs";
import { arch, cpus, release, totalmem, type } from "node:os";
import { fileURLToPath } from "node:url";
import { reported } from "./report.ts";
import type { Line, Results } from "./results.ts";

const FILE = fileURLToPath(new URL("../results.json", import.meta.url));

/** Writes what the run reported to `results.json`, of which the page about speed is made. */
export function save(): void {
  const { tables, skipped, versions } = reported;
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      system: `${type()} ${release().split(".", 2).join(".")}, ${arch()}`,
      processor: cpus()[0]?.model.trim() ?? "unknown",
      cores: cpus().length,
      gib: Math.round(totalmem() / 2 ** 30),
    },
    versions: { node: process.versions.node, ...Object.fromEntries(versions) },
    tables: tables.map(({ title, lines }) => ({ title, lines: lines.map(rounded) })),
    skipped,
  };
  writeFileSync(FILE, `${JSON.stringify(results, undefined, 2)}\n`);
  console.log(`\nSaved to benchmarks/results.json.`);
}

/** More digits than these say nothing. */
const rounded = (line: Line): Line => ({ ...line, value: Number(line.value.toPrecision(4)) });
