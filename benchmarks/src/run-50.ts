import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOpenBao, startOpenBao } from "@vaultlink/stand-ins/openbao";
import { report, skip } from "./report.ts";
import { exists, run, runMeasured } from "./run-process.ts";
import { inTurn, median, ratio } from "./statistics.ts";

const TITLE = "Cold run with 50 names from OpenBao, beside vals";
const NAMES = 50;
const ROUNDS = 9;

/** The same 50 secrets put into a child's environment by two programs, each from nothing. */
export async function run50(cli: string): Promise<void> {
  const vals = process.env["VAULTLINK_BENCH_VALS"] ?? "vals";
  const bao = findOpenBao();
  if ("missing" in bao) return skip(TITLE, bao.missing);
  if (!exists(vals, "version")) {
    return skip(
      TITLE,
      "vals is not on PATH: go install github.com/helmfile/vals/cmd/vals@latest takes several minutes",
    );
  }
  if (!exists("python3", "-V")) return skip(TITLE, "python3, which measures the memory, is not here");
  const server = await startOpenBao(bao.bin);
  const folder = mkdtempSync(join(tmpdir(), "vaultlink-bench-"));
  try {
    const links: Record<string, string> = {};
    const references: string[] = [];
    for (let i = 0; i < NAMES; i++) {
      await server.call("POST", `secret/data/bench/${i}`, { data: { password: `vlcanary-bench-${i}` } });
      links[`BENCH_${i}`] = `hcv://secret/bench/${i}#password`;
      references.push(`BENCH_${i}: ref+vault://secret/bench/${i}?address=${server.url}#/password`);
    }
    const settings = join(folder, "config", "vaultlink");
    mkdirSync(settings, { recursive: true });
    writeFileSync(join(folder, "vaultlink.json"), JSON.stringify({ version: 1, links }));
    const connections = { hcv: { provider: "hashicorp", address: server.url } };
    writeFileSync(join(settings, "config.json"), JSON.stringify({ version: 1, connections }));
    writeFileSync(join(folder, "vals.yaml"), `${references.join("\n")}\n`);
    const { PATH } = process.env;
    const env = { PATH, HOME: folder, XDG_CONFIG_HOME: join(folder, "config"), VAULT_TOKEN: server.rootToken };
    const count = ["node", "-e", "console.log(Object.keys(process.env).filter((n) => n.startsWith('BENCH_')).length)"];
    const ours = [process.execPath, cli, "run", "--"];
    const theirs = [vals, "exec", "-i", "-f", "vals.yaml", "--"];
    process.chdir(folder);
    for (const command of [ours, theirs]) {
      const { stdout } = await run([...command, ...count], env);
      if (stdout.trim() !== String(NAMES))
        throw new Error(`${command[0]} gave ${stdout.trim()} names instead of ${NAMES}.`);
    }
    const memory = { ours: [] as number[], theirs: [] as number[] };
    const timed = (which: keyof typeof memory, command: readonly string[]) => async (): Promise<number> => {
      const { ms, mib } = await runMeasured([...command, "true"], env);
      if (mib !== undefined) memory[which].push(mib);
      return ms;
    };
    const took = await inTurn(ROUNDS, { ours: timed("ours", ours), theirs: timed("theirs", theirs) });
    report(TITLE, [
      { what: "vaultlink run", value: median(took.ours), unit: "ms" },
      { what: "vals exec", value: median(took.theirs), unit: "ms" },
      { what: "time, vaultlink / vals", value: ratio(took.ours, took.theirs), unit: "×", goal: 1 },
      { what: "vaultlink run, memory", value: median(memory.ours), unit: "MiB" },
      { what: "vals exec, memory", value: median(memory.theirs), unit: "MiB" },
      { what: "memory, vaultlink / vals", value: ratio(memory.ours, memory.theirs), unit: "×", goal: 0.5 },
    ]);
  } finally {
    process.chdir(tmpdir());
    rmSync(folder, { recursive: true });
    await server.stop();
  }
}
