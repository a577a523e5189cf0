import { findOpenBao } from "@vaultlink/stand-ins/openbao";
import { findPostgres } from "@vaultlink/stand-ins/postgres";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { copyExamples } from "./kit/copy.ts";
import { ADDRESS } from "./kit/vault.ts";
import type { Load, LoadReport } from "./rotations/load.ts";
import { startShortLeases } from "./rotations/server.ts";

/*
 * `pnpm rotations` runs a thousand of each. Leases of seconds end on a machine that is busy before a program that waits for
 * its turn replaces them: no test of every run.
 */

const wanted = process.env["VAULTLINK_ROTATIONS"];
const ROTATIONS = Number(wanted ?? 20);
const LEASE_SECONDS = Number(process.env["VAULTLINK_LEASE_SECONDS"] ?? 5);

const missing = [
  ...[findOpenBao(), findPostgres()].flatMap((found) => ("missing" in found ? [found.missing] : [])),
  ...(wanted === undefined ? ["needs a machine that is not busy: set VAULTLINK_ROTATIONS"] : []),
];
const why = missing.length === 0 ? "" : ` (skipped: ${missing.join(", ")})`;

/** Programs at a time, each with a vault object of its own. */
const PROGRAMS = 10;
const MAIN = fileURLToPath(new URL("rotations/main.ts", import.meta.url));

async function load(way: Load["way"], enough?: number): Promise<LoadReport> {
  const { port, token, url } = await startShortLeases(LEASE_SECONDS);
  const substitutions = {
    [ADDRESS]: url,
    "hcv://secret/app/db#": "hcv://database/creds/app#",
    '"db.example.com"': '"127.0.0.1"',
    "port: 5432": `port: ${port}`,
    'database: "app"': 'database: "postgres"',
    // As the page says, for `use` with users that end.
    ...(way === "use" && { "env: process.env,": "env: process.env, cache: { refreshAhead: 0.3 }," }),
  };
  const folders = await Promise.all(Array.from({ length: PROGRAMS }, () => copyExamples(substitutions)));
  const given: Load = { way, folders, port, rotations: ROTATIONS, ...(enough !== undefined && { enough }) };
  const args = ["--conditions=source", MAIN, JSON.stringify(given)];
  const running = promisify(execFile)(process.execPath, args, {
    env: { PATH: process.env["PATH"], VAULT_TOKEN: token },
  });
  // A thousand take minutes: how far it is.
  running.child.stderr?.pipe(process.stderr, { end: false });
  const { stdout } = await running;
  console.log(way, stdout);
  return JSON.parse(stdout) as LoadReport;
}

describe.skipIf(missing.length > 0)(`a database whose users end every few seconds${why}`, { timeout: 600_000 }, () => {
  it.each(["rotating", "use"] as const)("no query fails with %s", async (way) => {
    const report = await load(way);
    expect(report.rotations).toBeGreaterThanOrEqual(ROTATIONS);
    expect(report).toMatchObject({ failed: 0, codes: [] });
  });

  it("queries fail with neither", async () => {
    expect((await load("neither", 20)).failed).toBeGreaterThanOrEqual(20);
  });
});
